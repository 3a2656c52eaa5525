"""Similar open issues while somebody types, beside comparing with all of them (D7).

Words are drawn from what people say of a property: where, what, and what is wrong with it, with
numbers that make them differ. Questions are such words with one character left out and another
put in, as somebody else would tell the same.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import sqlalchemy as sa
from rapidfuzz import fuzz, process

from bench.figure import Figure
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.repeats import policy
from core.rules import rules
from core.store import tables
from core.store.database import Database

MANY = 1_000_000
QUESTIONS = 60
#: Milliseconds of one question, and how often the best of all must be found.
MOST, RECALL = 5.0, 0.95
_SITE = SiteCode("garden")
_NEAREST = 200
_PART = 20_000

_WHERE = (
    "栋",
    "单元",
    "楼道",
    "电梯口",
    "地下车库",
    "北门",
    "南门",
    "花园",
    "泳池边",
    "垃圾站",
    "消防通道",
    "屋顶",
    "水泵房",
    "门卫室",
    "儿童乐园",
)
_WHAT = (
    "路灯",
    "水管",
    "电梯",
    "门禁",
    "墙砖",
    "大理石",
    "滑梯",
    "告示牌",
    "井盖",
    "栏杆",
    "空调外机",
    "消防栓",
    "排水沟",
    "感应灯",
    "车位锁",
)
_WRONG = (
    "不亮",
    "漏水",
    "有异响",
    "打不开",
    "脱落",
    "松动",
    "破损",
    "过期了",
    "堵住了",
    "晃得厉害",
    "有异味",
    "生锈",
    "积水",
    "被占用",
    "没人管",
    "一直闪",
)
_SAY = (
    "麻烦看看",
    "昨天就这样",
    "老人差点摔倒",
    "请尽快处理",
    "已经说过",
    "晚上更明显",
    "影响出行",
    "小孩在旁边玩",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds of each question both ways, and how many of the best were found."""

    took: Sequence[float]
    exhaustive: Sequence[float]
    found: int

    @property
    def p99(self) -> float:
        """The slowest of a hundred."""
        return quantiles(self.took, n=100)[98]

    @property
    def recall(self) -> float:
        """Which part of the exhaustive best was found."""
        return self.found / len(self.took)


def said(dice: random.Random) -> str:
    """Return what somebody tells of a property."""
    return (
        f"{dice.randint(1, 60)}{dice.choice(_WHERE)}{dice.randint(1, 30)}层"
        f"{dice.choice(_WHAT)}{dice.choice(_WRONG)}{dice.choice(_SAY)}"
    )


def otherwise(words: str, dice: random.Random) -> str:
    """Return how another would tell the same: one character less, one more."""
    letters = list(words)
    del letters[dice.randrange(len(letters))]
    letters.insert(dice.randrange(len(letters)), dice.choice("又还了的这那"))
    return "".join(letters)


def fill(database: Database, words: Sequence[str]) -> float:
    """Let so many issues be findable; return the seconds that took."""
    began = time.perf_counter()
    for start in range(0, len(words), _PART):
        part = {
            IssueNumber(start + place + 1): policy.grams(one)
            for place, one in enumerate(words[start : start + _PART])
        }
        with database.begin() as store:
            store.grams.put(_SITE, part)
    return time.perf_counter() - began


def ask(database: Database, words: Sequence[str], dice: random.Random, *, questions: int) -> Asked:
    """Ask both ways, and compare the best of each."""
    took: list[float] = []
    exhaustive: list[float] = []
    found = 0
    plain = [policy.plain(one) for one in words]
    for _ in range(questions):
        question = otherwise(dice.choice(words), dice)
        began = time.perf_counter()
        text = policy.plain(question)
        with database.read() as store:
            numbers = store.grams.nearest(_SITE, policy.grams(question), limit=_NEAREST)
        best = max((policy.likeness(text, plain[number - 1]) for number in numbers), default=0)
        took.append((time.perf_counter() - began) * 1_000)
        began = time.perf_counter()
        likest = process.extractOne(text, plain, scorer=fuzz.ratio)[1]
        exhaustive.append((time.perf_counter() - began) * 1_000)
        found += best >= round(likest)
    return Asked(took=took, exhaustive=exhaustive, found=found)


def measure(folder: Path, *, many: int = MANY) -> tuple[Figure, Sequence[str]]:
    """Return the time of a question over so many open issues, and how often it finds the best."""
    database = Database.open(f"sqlite:///{folder / 'similar.sqlite'}", rules=rules())
    database.migrate()
    with database.begin() as store:
        store.connection.execute(
            sa.insert(tables.site).values(code=_SITE, name="示范小区", zone="Asia/Shanghai")
        )
    dice = random.Random(20261129)  # noqa: S311 # the same words each time, no secret
    words = [said(dice) for _ in range(many)]
    built = fill(database, words)
    asked = ask(database, words, dice, questions=QUESTIONS)
    database.close()
    figure = Figure(
        name="similar_open_issues",
        value=asked.p99,
        unit="ms p99",
        beside=median(asked.exhaustive),
        peer=f"rapidfuzz over all {many:,}, p50",
        goal=f"≤ {MOST:g} ms, recall@1 ≥ {RECALL:.0%} of the exhaustive best",
        kept=asked.p99 <= MOST and asked.recall >= RECALL,
    )
    seen = (
        f"p50 {median(asked.took):.2f} ms; recall@1 {asked.recall:.1%}; kept in step at "
        f"{many / built:,.0f} issues a second"
    )
    return figure, [seen]
