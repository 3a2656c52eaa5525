"""Answers to what the centre wants: pictures and opinions, or an event that says why not.

Whatever goes wrong on the way to a picture ends here as words on an event; nothing is raised to
whoever looks at cameras, and no report waits for any of it.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import structlog

from core.facts.device import DeviceCode, DeviceEvent, Plain, SiteCode
from gateway.adapter import Unreadable
from gateway.cctv import header, masking, telling
from gateway.cctv.masking import Polygon
from gateway.cctv.picture import Decoder
from gateway.cctv.still import MOST_BYTES, NoPicture, Still
from gateway.picture_spool import NoRoom, PictureSpool
from gateway.spool import SpoolFailed, told

log = structlog.get_logger(__name__)


class Evidence(NamedTuple):
    """A picture that explains an opinion."""

    content: bytes
    media_type: str


class Answers:
    """Puts answers into the spool of pictures; safe to call from any thread."""

    def __init__(
        self,
        *,
        site: SiteCode,
        pictures: PictureSpool,
        masks: Mapping[DeviceCode, Sequence[Polygon]],
        decoder: Decoder,
        clock: Callable[[], datetime],
    ) -> None:
        """Answer for the cameras of ``site``; ``masks`` are burnt in before anything is kept."""
        self._site = site
        self._pictures = pictures
        self._masks = dict(masks)
        self._decoder = decoder
        self._clock = clock

    def given(self, want: str, camera: str) -> bool:
        """Whether this want was answered, also before a restart.

        :raises SpoolFailed: nobody can tell now
        """
        who = telling.source(self._site, camera)
        return self._pictures.answered(str(who), telling.answer_id(want))

    def picture(self, camera: str, *, label: str, seen: Still | NoPicture, want: str) -> bool:
        """Answer with a picture, or why there is none. False: not kept, it must be asked again."""
        if isinstance(seen, NoPicture):
            return self._nothing(camera, want=want, label=label, reason=str(seen))
        who = telling.source(self._site, camera)
        try:
            made = self._made(DeviceCode(camera), seen)
        except Unreadable as problem:
            reason = f"the picture could not be used: {problem}"
            return self._nothing(camera, want=want, label=label, reason=reason)
        event = telling.taken(who, want=want, label=label, picture=made)
        try:
            return self._keep(event, made.content, made.header.media.value)
        except NoRoom as reason:
            return self._nothing(camera, want=want, label=label, reason=str(reason))

    def compared(
        self, camera: str, *, want: str, said: Mapping[str, Plain], evidence: Evidence | None
    ) -> bool:
        """Answer with an opinion and the picture that explains it. False: not kept."""
        who = telling.source(self._site, camera)
        now = self._clock()
        if evidence is not None:
            sha256 = hashlib.sha256(evidence.content).hexdigest()
            event = telling.compared(who, want=want, said={**said, "evidence": sha256}, now=now)
            try:
                return self._keep(event, evidence.content, evidence.media_type)
            except NoRoom as reason:
                log.warning("an opinion goes without its picture", reason=str(reason))
        said = {**said, "evidence": None}
        return self._keep(telling.compared(who, want=want, said=said, now=now))

    def found(self, event: DeviceEvent, still: Still) -> None:
        """Send the picture on which a finding rests; the finding itself does not wait for it."""
        camera = event.source.device
        try:
            made = self._made(camera, still)
            shown = telling.taken(event.source, want=None, label="at", picture=made)
            data = {**shown.data, "finding": event.event_id}
            self._keep(replace(shown, data=data), made.content, made.header.media.value)
        except (Unreadable, NoRoom) as problem:
            log.warning("a finding goes without its picture", camera=camera, reason=str(problem))

    def _made(self, camera: DeviceCode, still: Still) -> telling.Picture:
        """Return the picture as it travels.

        :raises Unreadable: it is none, or cannot be masked
        """
        masks = self._masks.get(camera, ())
        content = masking.masked(still.content, masks, self._decoder) if masks else still.content
        if len(content) > MOST_BYTES:
            raise Unreadable(f"more than {MOST_BYTES} bytes")
        return telling.Picture(
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            header=header.read(content),
            taken=still,
            masked=bool(masks),
        )

    def _nothing(self, camera: str, *, want: str, label: str, reason: str) -> bool:
        who = telling.source(self._site, camera)
        now = self._clock()
        log.warning("no picture", camera=camera, want=want, reason=reason)
        return self._keep(telling.not_taken(who, want=want, label=label, reason=reason, now=now))

    def _keep(self, event: DeviceEvent, picture: bytes | None = None, media_type: str = "") -> bool:
        """Keep it. False: the disk does not let us, and the centre will ask again.

        :raises NoRoom: the picture does not fit
        """
        try:
            kept = told(event, at=self._clock())
            self._pictures.keep(kept, picture=picture, media_type=media_type)
        except (SpoolFailed, Unreadable) as problem:
            log.warning("answer not kept", event_id=event.event_id, reason=str(problem))
            return False
        return True
