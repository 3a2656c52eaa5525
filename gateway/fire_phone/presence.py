"""Who answers: silence of a unit or of the whole host is told once, and its end once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.facts.device import CallKey, EventType
from gateway.fire_phone.aspect import MakeKey, Step
from gateway.fire_phone.scan import Failed

#: ``None`` stands for the host itself.
Unit = int | None


@dataclass(slots=True)
class _Answers:
    """How one block answers."""

    since: datetime | None = None
    failed: Failed | None = None
    #: It said something, were it only a refusal, and has not fallen silent after that.
    spoke: bool = False


@dataclass(slots=True)
class Presence:
    """The supervision of one host's units and blocks."""

    make_key: MakeKey
    lost_after: timedelta
    _blocks: dict[tuple[int, str], _Answers] = field(default_factory=dict)
    #: Open episodes of silence.
    _silent: dict[Unit, CallKey] = field(default_factory=dict)

    def watch(self, unit: int, block: str) -> None:
        """Expect answers of this block."""
        self._blocks[unit, block] = _Answers()

    def heard(self, unit: int, block: str, at: datetime) -> list[Step]:
        """Note an answer."""
        answers = self._blocks[unit, block]
        answers.spoke = True
        if answers.since is None and not self._silent:
            return []
        answers.since = answers.failed = None
        return list(self._judge(at))

    def failed(self, unit: int, block: str, failed: Failed, at: datetime) -> list[Step]:
        """Note that there was none, or not the right one."""
        answers = self._blocks[unit, block]
        if answers.since is None or (answers.failed and answers.failed.silent != failed.silent):
            answers.since = at
        answers.failed, answers.spoke = failed, not failed.silent
        return list(self._judge(at))

    def elapsed(self, now: datetime) -> list[Step]:
        """Return what time alone brings about: nothing while all answer, which is nearly always."""
        if not self._silent and all(one.since is None for one in self._blocks.values()):
            return []
        return list(self._judge(now))

    def refused(self, now: datetime) -> Iterator[tuple[int, str, Failed | None]]:
        """Yield each block of a unit that answers, and why this one has long not been read."""
        for (unit, block), answers in self._blocks.items():
            if unit in self._silent or None in self._silent:
                continue
            lost = self._lost(answers, now)
            if lost and answers.failed is not None and not answers.failed.silent:
                yield unit, block, answers.failed
            elif answers.failed is None:
                yield unit, block, None

    def resume(self, unit: Unit, key: CallKey | None) -> None:
        """Take up an episode from before a restart, or its end."""
        if key is None:
            self._silent.pop(unit, None)
        else:
            self._silent[unit] = key

    def is_silent(self, unit: int) -> bool:
        """Whether the unit's silence was told."""
        return unit in self._silent or None in self._silent

    def _judge(self, at: datetime) -> Iterator[Step]:
        """Yield the ends of episodes, then the beginnings."""
        gone = {unit for unit in self._units() if self._unit_is_gone(unit, at)}
        everybody = bool(gone) and gone == self._units()
        if everybody and not self._silent.keys() - {None}:
            yield from self._begin({None} - self._silent.keys(), at)
            return
        if None in self._silent and self._nobody_answers():
            return  # it was told before a restart, and is so still
        if not self._silent and all(self._unit_fails(unit) for unit in self._units()):
            return  # soon the whole host is lost, which is one thing and not many
        yield from self._end(self._answering(), at)
        if None not in self._silent:
            gone = {unit for unit in self._units() if self._unit_is_gone(unit, at)}
            yield from self._begin(gone - self._silent.keys(), at)

    def _answering(self) -> list[Unit]:
        """Return the episodes that have ended."""
        return [
            unit
            for unit in self._silent
            if (unit is None and not self._nobody_answers())
            or (unit is not None and self._answers(unit))
        ]

    def _begin(self, units: Iterable[Unit], at: datetime) -> Iterator[Step]:
        for unit in sorted(units, key=lambda one: -1 if one is None else one):
            key = self._silent[unit] = self.make_key(f"silent {unit}", at)
            yield self._step(EventType.DEVICE_SILENT, unit, key, at)

    def _end(self, units: Iterable[Unit], at: datetime) -> Iterator[Step]:
        for unit in units:
            key = self._silent.pop(unit)
            if unit is None:  # the other units have not had their turn yet
                for answers in self._blocks.values():
                    answers.since = at if answers.failed is not None else None
            yield self._step(EventType.DEVICE_BACK, unit, key, at)

    def _step(self, kind: EventType, unit: Unit, key: CallKey, at: datetime) -> Step:
        data: dict[str, str | int] = {} if unit is None else {"unit": unit}
        if kind is EventType.DEVICE_SILENT:
            failing = [
                one.failed
                for (of, _), one in self._blocks.items()
                if one.failed is not None and unit in {None, of}
            ]
            data |= {"reason": str(failing[0])} if failing else {}
        return Step(type=kind, key=key, at=at, data=data)

    def _units(self) -> set[int]:
        return {unit for unit, _ in self._blocks}

    def _of(self, unit: int) -> list[_Answers]:
        return [one for (of, _), one in self._blocks.items() if of == unit]

    def _unit_is_gone(self, unit: int, now: datetime) -> bool:
        return all(
            self._lost(one, now) and one.failed is not None and one.failed.silent
            for one in self._of(unit)
        )

    def _unit_fails(self, unit: int) -> bool:
        return all(one.failed is not None and one.failed.silent for one in self._of(unit))

    def _answers(self, unit: int) -> bool:
        """Whether anything of the unit answers, were it only with a refusal."""
        return any(one.spoke for one in self._of(unit))

    def _nobody_answers(self) -> bool:
        return not any(self._answers(unit) for unit in self._units())

    def _lost(self, answers: _Answers, now: datetime) -> bool:
        return answers.since is not None and now - answers.since >= self.lost_after
