"""Tables 1 to 4: pairs of one camera's pictures, asked about marked places."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.vision import numbers
from bench.vision.peers import PEERS, mean_inside
from bench.vision.report import Section
from bench.vision.tables import Pictures, Row, Table, region
from gateway.cctv.calibration import calibration
from gateway.cctv.examination import Examination
from gateway.cctv.verdict import Band, Judgement, Verdict

_SAID_CHANGED = frozenset({Verdict.CHANGED, Verdict.GONE, Verdict.APPEARED})
_MIRRORED = {Verdict.GONE: Verdict.APPEARED, Verdict.APPEARED: Verdict.GONE}
_TRUTH = {"changed_gone": Verdict.GONE, "changed_appeared": Verdict.APPEARED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One row with what was said of it, forwards and backwards, and by the peers."""

    row: Row
    said: Judgement
    reversed: Judgement
    peers: tuple[float, ...]

    @property
    def changed(self) -> bool:
        """The truth."""
        return self.row["label"].startswith("changed")


def measure(table: Table, pictures: Pictures, *, peers: bool = True) -> list[Section]:
    """Return the sections on this table."""
    seconds: list[float] = []
    rows = list(judged(table, pictures, seconds, peers=peers))
    return [_recall(rows, seconds), _bands(rows), _direction(table, pictures, rows)]


def pairs(table: Table) -> dict[tuple[str, str], list[Row]]:
    """Return the rows by pair of pictures, in the table's order."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table.rows:
        found[row["before"], row["after"]].append(row)
    return found


def judged(
    table: Table, pictures: Pictures, seconds: list[float], *, peers: bool
) -> Iterator[Judged]:
    """Yield each row with what is said of it; the seconds of each pair are added to the list."""
    for (before_name, after_name), rows in pairs(table).items():
        before, after = (
            pictures.evidence(table.picture(name)) for name in (before_name, after_name)
        )
        began = time.perf_counter()
        forth = Examination(before, after)
        said = [forth.judge(region(row, before.plate)) for row in rows]
        seconds.append(time.perf_counter() - began)
        back = Examination(after, before)
        maps = [plane(before.plate, after.plate, forth.alignment) for _, plane, _ in PEERS if peers]
        for row, judgement in zip(rows, said, strict=True):
            place = region(row, before.plate)
            yield Judged(
                row=row,
                said=judgement,
                reversed=back.judge(place),
                peers=tuple(mean_inside(plane, place, before.plate) for plane in maps),
            )


def _recall(judged: Sequence[Judged], seconds: Sequence[float]) -> Section:
    section = Section("1. Changed or unchanged, by region")
    truth = np.array([one.changed for one in judged])
    rows, frames = [one.row for one in judged], set()
    for row in rows:
        frames |= {row["before"], row["after"]}
    count = len({(row["before"], row["after"]) for row in rows})
    fixed = calibration()
    section.say(
        f"{len(frames)} pictures, {count} pairs, {len(rows)} rows ({int(truth.sum())} changed); "
        "places repeat across pairs, so rows are not independent"
    )
    section.say(
        f"threshold {fixed.change.threshold}, fixed on the development set on {fixed.fixed_on}; "
        "'cannot tell' is no hit and no alarm"
    )
    told = np.array([one.said.band is not Band.CANNOT_TELL for one in judged])
    says = np.array([one.said.verdict in _SAID_CHANGED for one in judged]) & told
    scores = np.array([one.said.score for one in judged])
    table = [_line("shouwen", scores, says, truth)]
    for number, (name, _, threshold) in enumerate(PEERS if judged[0].peers else ()):
        values = np.array([one.peers[number] for one in judged])
        table.append(_line(name, values, values >= threshold, truth))
    section.table(("method", "recall", "FPR", "AUC", "FPR at 95 % recall"), table)
    section.say(f"told nothing: {int((~told).sum())} rows")
    best = min(table[1:], key=lambda line: float(str(line[4])), default=table[0])
    section.figure("region recall", float(str(table[0][1])), "share", beside=0.98)
    section.figure("region false changed", float(str(table[0][2])), "share", beside=0.03)
    section.figure("region AUC", float(str(table[0][3])), "", beside=float(str(best[3])))
    median, high = numbers.percentiles(seconds)
    section.say(f"a pair with all its regions: p50 {median:.0f} ms, p95 {high:.0f} ms")
    return section


def _line(
    name: str, scores: numbers.Numbers, says: numbers.Truth, truth: numbers.Truth
) -> tuple[object, ...]:
    return (
        name,
        numbers.rate(says[truth]),
        numbers.rate(says[~truth]),
        numbers.auc(scores, truth),
        numbers.false_at(scores, truth, recall=0.95),
    )


def _bands(judged: Sequence[Judged]) -> Section:
    section = Section("2. How far it may be trusted")
    truth = np.array([one.changed for one in judged])
    wrong = np.array([(one.said.verdict in _SAID_CHANGED) != one.changed for one in judged])
    lines = []
    for band in Band:
        here = np.array([one.said.band is band for one in judged])
        lines.append((band.value, int(here.sum()), numbers.rate(here), numbers.rate(wrong[here])))
    section.table(("band", "rows", "share", "wrong"), lines)
    told = np.array([one.said.confidence > 0 for one in judged])
    scores = np.array([one.said.score for one in judged])
    error = numbers.calibration_error(scores[told], truth[told])
    section.say(f"calibration error (10 bins): {error:.4f}")
    sure = np.array([one.said.band is Band.SURE for one in judged])
    section.figure("sure share", numbers.rate(sure), "share", beside=0.9)
    section.figure("errors among sure", numbers.rate(wrong[sure]), "share", beside=0.01)
    section.figure("calibration error", error, "", beside=0.03)
    return section


def _direction(table: Table, pictures: Pictures, judged: Sequence[Judged]) -> Section:
    section = Section("3. Gone or appeared, and the pair reversed")
    mirrored = [
        _MIRRORED.get(one.said.verdict, one.said.verdict) is one.reversed.verdict
        and one.said.band is one.reversed.band
        for one in judged
    ]
    right, consistent, without = _with_references(table, pictures)
    section.say(
        "reference: the first other picture in which the place is empty by its label, "
        f"as an operator would approve it; {without} changed rows had none"
    )
    section.table(
        ("", "rows", "share"),
        (
            ("direction right", len(right), numbers.rate(np.array(right, bool))),
            ("mirrored with a reference", len(consistent), numbers.rate(np.array(consistent))),
            ("mirrored without one", len(mirrored), numbers.rate(np.array(mirrored))),
        ),
    )
    section.figure("direction right", numbers.rate(np.array(right, bool)), "share", beside=0.95)
    section.figure("reversed pair mirrored", numbers.rate(np.array(mirrored)), "share", beside=1.0)
    return section


def _with_references(table: Table, pictures: Pictures) -> tuple[list[bool], list[bool], int]:
    empty: dict[str, list[str]] = defaultdict(list)
    for row in table.rows:
        for side in ("before", "after"):
            if row[f"occ_{side}"] == "0" and row[side] not in empty[row["slot"]]:
                empty[row["slot"]].append(row[side])
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    without = 0
    for row in table.rows:
        others = [name for name in empty[row["slot"]] if name not in (row["before"], row["after"])]
        if row["label"] in _TRUTH and others:
            groups[row["before"], row["after"], others[0]].append(row)
        elif row["label"] in _TRUTH:
            without += 1
    right, consistent = [], []
    for names, rows in groups.items():
        before, after, clean = (pictures.evidence(table.picture(name)) for name in names)
        forth = Examination(before, after, reference=clean)
        back = Examination(after, before, reference=clean)
        for row in rows:
            place = region(row, before.plate)
            said, reverse = forth.judge(place).verdict, back.judge(place).verdict
            right.append(said is _TRUTH[row["label"]])
            consistent.append(_MIRRORED.get(said, said) is reverse)
    return right, consistent, without
