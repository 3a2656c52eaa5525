"""Similar open issues while somebody types, beside comparing with all of them (D7).

Words are drawn from what people say of a property: where, what, and what is wrong with it, with
numbers that make them differ. Questions are such words with one character left out and another
put in, as somebody else would tell the same.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

import sqlalchemy as sa
from rapidfuzz import fuzz, process

from bench.cpu import Cpu
from bench.events import now
from bench.figure import Figure
from bench.idle_tick import filled
from bench.spool_to_report import postgresql
from core.facts.issue import IssueNumber
from core.facts.repeat import Sketch
from core.repeats import policy, service
from core.store import bulk, tables
from core.store.database import Database

MANY = 1_000_000
QUESTIONS = 60
#: Milliseconds of one question, and how often the best of all must be found.
MOST, RECALL = 5.0, 0.95
#: Earlier issues of one customer, milliseconds of CPU to compare with them, and how often.
EARLIER, CHECK = 20, 0.1
_CHECKS = 200
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
    #: CPU of this process and of PostgreSQL's for it.
    cpu: Sequence[float]
    exhaustive: Sequence[float]
    found: int
    #: Milliseconds of CPU of comparing an issue with those of its customer.
    checks: Sequence[float]
    #: Milliseconds of the first question of a process, which reads all sketches.
    first: float
    #: Seconds in which all of them were made findable.
    built: float

    @property
    def p99(self) -> float:
        """The slowest of a hundred."""
        return quantiles(self.took, n=100)[98]

    @property
    def recall(self) -> float:
        """Which part of the exhaustive best was found."""
        return self.found / len(self.took)

    def words(self) -> str:
        """Return what was seen."""
        return (
            f"p50 {median(self.took):.2f} ms, p99 {self.p99:.2f} (CPU {median(self.cpu):.2f},"
            f" {quantiles(self.cpu, n=100)[98]:.2f}); the best found {self.recall:.1%}; first"
            f" question of a process {self.first:.0f} ms; all sketched in {self.built:.0f} s"
        )


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


def measure(folder: Path, *, many: int = MANY) -> tuple[Sequence[Figure], Sequence[str]]:
    """Return the time of a question over so many open issues, and how often it finds the best."""
    dice = random.Random(20261129)  # noqa: S311 # the same words each time, no secret
    words = [said(dice) for _ in range(many)]
    sqlite = _engine(folder / "sqlite", None, words)
    with postgresql(folder / "postgresql") as fresh:
        postgres = _engine(folder / "postgresql", fresh("similar"), words)
    worse = max((sqlite, postgres), key=lambda asked: asked.p99)
    recall = min(sqlite.recall, postgres.recall)
    figure = Figure(
        name="similar_open_issues",
        value=worse.p99,
        unit="ms p99",
        beside=median(worse.exhaustive),
        peer=f"rapidfuzz over all {many:,}, p50",
        goal=f"≤ {MOST:g} ms, recall@1 ≥ {RECALL:.0%} of the exhaustive best, both engines",
        kept=worse.p99 <= MOST and recall >= RECALL,
    )
    seen = [f"SQLite {sqlite.words()}", f"PostgreSQL {postgres.words()}"]
    check = median(worse.checks)
    customer = Figure(
        name="same_customer_check",
        value=check,
        unit="ms CPU",
        beside=CHECK,
        peer="the limit",
        goal=f"≤ {CHECK:g} ms with {EARLIER} earlier issues of the customer",
        kept=check <= CHECK,
    )
    return [figure, customer], seen


def _engine(folder: Path, url: str | None, words: Sequence[str]) -> Asked:
    database = filled(folder, url, 1, now())
    try:
        built = _tell(database, words)
        return replace(_ask(database, words), built=built)
    finally:
        database.close()


def _tell(database: Database, words: Sequence[str]) -> float:
    """Let there be an open issue of all these words; return the seconds that sketching took."""
    took = 0.0
    with database.read() as store:
        (site,) = store.sites.codes()
        like = dict(store.connection.execute(sa.select(tables.issue)).mappings().one())
    for start in range(0, len(words), _PART):
        told = dict(enumerate(words[start : start + _PART], start=start + 2))
        rows = [{**like, "number": number, "words": one} for number, one in told.items()]
        sketches = {
            IssueNumber(number): Sketch(bits=policy.bits(one)) for number, one in told.items()
        }
        with database.begin() as store:
            if database.dialect == "postgresql":
                # Checked row by row with a plan made for an empty table, they would take hours.
                store.connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            bulk.add(store.connection, tables.issue, rows)
            began = time.perf_counter()
            store.sketches.keep(site, sketches)
            took += time.perf_counter() - began
    if database.dialect == "postgresql":
        with database.begin() as store:
            store.connection.execute(sa.text("ANALYZE"))  # as autovacuum would have by then
    return took


def _ask(database: Database, words: Sequence[str]) -> Asked:
    """Ask both ways, and compare the best of each."""
    dice = random.Random(7)  # noqa: S311 # likewise
    plain = [policy.plain(one) for one in words]
    took: list[float] = []
    cpu: list[float] = []
    exhaustive: list[float] = []
    found = 0
    first = _timed(database, words[0])[0]
    for _ in range(QUESTIONS):
        question = otherwise(dice.choice(words), dice)
        wall, used, best = _timed(database, question)
        took.append(wall)
        cpu.append(used)
        began = time.perf_counter()
        likest = process.extractOne(policy.plain(question), plain, scorer=fuzz.ratio)[1]
        exhaustive.append((time.perf_counter() - began) * 1_000)
        # Another that is just as alike is as good.
        found += best >= round(likest)
    return Asked(
        took=took,
        cpu=cpu,
        exhaustive=exhaustive,
        found=found,
        checks=_within_customer(database, dice),
        first=first,
        built=0,
    )


def _timed(database: Database, question: str) -> tuple[float, float, int]:
    """Return the milliseconds of a question, its CPU, and how alike the best found is."""
    with database.read() as store:
        (site,) = store.sites.codes()
        clock = Cpu(store)
        began, used = time.perf_counter(), clock.seconds()
        alike = service.similar(store, site=site, text=question)
        took = time.perf_counter() - began, clock.seconds() - used
    return took[0] * 1_000, took[1] * 1_000, alike[0].likeness if alike else 0


def _within_customer(database: Database, dice: random.Random) -> list[float]:
    """Return the milliseconds of CPU of comparing an issue with earlier ones of its customer."""
    took = []
    for _ in range(_CHECKS):
        numbers = [IssueNumber(dice.randrange(2, 10_000)) for _ in range(EARLIER + 1)]
        with database.read() as store:
            (site,) = store.sites.codes()
            issue, *earlier = store.issues.several(site, numbers).values()
        began = time.process_time()
        policy.repeat_of(issue, earlier, alike=75)
        took.append((time.process_time() - began) * 1_000)
    return took
