"""Comparisons that the centre wants: one after the other, beside the lanes of the cameras."""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, tzinfo
from typing import NamedTuple

import structlog

from gateway.adapter import Unreadable
from gateway.answers import Answers, Evidence
from gateway.cctv import opinion
from gateway.cctv.opinion import Opinion, Sides
from gateway.cctv.picture import Decoder
from gateway.cctv.references import Reference, References
from gateway.picture_line import CentreAway, PictureGone, PictureLine, Want
from gateway.picture_spool import PictureSpool

log = structlog.get_logger(__name__)

MOST_WAITING = 1000
_TICK = 1.0


class _Job(NamedTuple):
    want: Want
    done: Callable[[], None]


class Comparing:
    """Compares what it is given; ``run`` it in a thread of its own."""

    def __init__(
        self,
        *,
        pictures: PictureSpool,
        line: PictureLine,
        answers: Answers,
        decoder: Decoder,
        zone: tzinfo,
        references: References,
    ) -> None:
        """Take pictures from our own spool, else over ``line``; times are shown in ``zone``.

        Where the centre names no picture of the place in order, the nearest of ``references`` is.
        """
        self._references = references
        self._pictures = pictures
        self._line = line
        self._answers = answers
        self._decoder = decoder
        self._zone = zone
        self._waiting: queue.Queue[_Job | None] = queue.Queue(MOST_WAITING)

    def ask(self, want: Want, done: Callable[[], None]) -> None:
        """Take a comparison; never waits. What finds no room is listed by the centre again."""
        try:
            self._waiting.put_nowait(_Job(want, done))
        except queue.Full:
            done()

    def wake(self) -> None:
        """Let it see that it is to stop."""
        with suppress(queue.Full):
            self._waiting.put_nowait(None)

    def run(self, stopping: threading.Event) -> None:
        """Compare until told to stop."""
        while not stopping.is_set():
            try:
                job = self._waiting.get(timeout=_TICK)
            except queue.Empty:
                continue
            if job is None:
                continue
            try:
                self._compare(job.want)
            except CentreAway as problem:
                log.info("pictures to compare are not to be had yet", reason=str(problem))
            finally:
                job.done()

    def _compare(self, want: Want) -> None:
        """Compare, and answer.

        :raises CentreAway: the pictures are at the centre, and that is not to be had
        """
        try:
            said = self._opinion(want)
        except PictureGone:
            said = opinion.impossible("a picture that was to be compared is not kept any more")
        sheet = Evidence(said.sheet, "image/jpeg") if said.sheet is not None else None
        self._answers.compared(want.camera, want=want.id, said=said.said, evidence=sheet)

    def _opinion(self, want: Want) -> Opinion:
        if want.before is None or want.after is None:
            return opinion.impossible("two pictures are needed")
        before = self._bytes(want.before)
        reference = self._reference(want, before)
        sides = Sides(
            camera=want.camera,
            before=before,
            after=self._bytes(want.after),
            reference=reference.content if reference is not None else None,
            reference_at=reference.learnt_at if reference is not None else None,
            before_at=self._civil(want.before_at),
            after_at=self._civil(want.after_at),
        )
        return opinion.opinion(sides, region=want.region, decoder=self._decoder)

    def _reference(self, want: Want, before: bytes) -> Reference | None:
        """Return the place in order: what the centre names, else the nearest we have learnt.

        :raises CentreAway: :raises PictureGone: as ``_bytes``
        """
        if want.reference is not None:
            return Reference(content=self._bytes(want.reference), learnt_at=None)
        if want.before_at is None:
            return None  # nobody knows what was learnt before it
        try:
            seen = opinion.plate(before, self._decoder)
        except Unreadable:
            return None
        return self._references.nearest(want.camera, to=seen, before=want.before_at)

    def _bytes(self, sha256: str) -> bytes:
        """Return a picture, ours or the centre's.

        :raises CentreAway: not to be had now
        :raises PictureGone: it is nowhere
        """
        return self._pictures.content(sha256) or self._line.fetch(sha256)

    def _civil(self, moment: datetime | None) -> datetime | None:
        return moment.astimezone(self._zone) if moment is not None else None
