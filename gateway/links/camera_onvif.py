"""A still by ONVIF: the media service says where it is, the still itself comes by plain HTTP.

Of the address that the camera names only path and query are believed: it may say where on itself a
picture lies, not which machine we are to call.
"""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NoReturn
from urllib.parse import urlsplit, urlunsplit
from xml.parsers import expat
from xml.sax.saxutils import escape

from gateway.cctv.still import NoPicture, Still
from gateway.links.camera_address import BadAddress, CameraAddress
from gateway.links.camera_http import CameraLine, HttpCamera
from gateway.links.camera_log_in import Credentials

_MOST_BYTES = 256 * 1024
_ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">'
    "<s:Header>{who}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
)
_MEDIA = "http://www.onvif.org/ver10/media/wsdl"
_PROFILES = f'<GetProfiles xmlns="{_MEDIA}"/>'
_STILL = f'<GetSnapshotUri xmlns="{_MEDIA}"><ProfileToken>{{token}}</ProfileToken></GetSnapshotUri>'
_WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
_DIGEST = (
    "http://docs.oasis-open.org/wss/2004/01/"
    "oasis-200401-wss-username-token-profile-1.0#PasswordDigest"
)


class OnvifCamera:
    """A camera that is asked once where its still lies, and again after a failure."""

    def __init__(
        self,
        service: CameraAddress,
        *,
        token: str,
        credentials: Credentials | None,
        clock: Callable[[], datetime],
    ) -> None:
        """Ask the media ``service``; ``token`` names a media profile, empty: the first there is."""
        self._service = service
        self._token = token
        self._credentials = credentials
        self._clock = clock
        self._line = CameraLine(service, credentials)
        self._still: HttpCamera | None = None

    def look(self, *, within: float) -> Still:
        """Return the still the camera has now.

        :raises NoPicture: says why
        """
        ends = time.monotonic() + within
        if self._still is None:
            self._still = HttpCamera(
                self._found(ends), credentials=self._credentials, clock=self._clock
            )
        try:
            return self._still.look(within=max(ends - time.monotonic(), 0.1))
        except NoPicture:
            self._still = None
            raise

    def _found(self, ends: float) -> CameraAddress:
        token = self._token or self._ask(_PROFILES, ends).first("profiles", "token")
        if not token:
            raise NoPicture("the camera names no media profile")
        said = self._ask(_STILL.format(token=escape(token)), ends).text("uri")
        if not said:
            raise NoPicture("the camera names no address of a still")
        try:
            there, ours = urlsplit(said), urlsplit(self._service.url)
            return CameraAddress.parse(
                urlunsplit((ours.scheme, ours.netloc, there.path, there.query, ""))
            )
        except (BadAddress, ValueError) as problem:
            raise NoPicture(f"the camera's address of a still is none: {problem}") from None

    def _ask(self, body: str, ends: float) -> "_Answer":
        """Ask as HTTP demands, and where that is not enough as elder cameras want it.

        :raises NoPicture: no answer, or none that can be read
        """
        try:
            return self._asked(body, "", ends)
        except NoPicture:
            if self._credentials is None:
                raise
            return self._asked(body, self._who(self._credentials), ends)

    def _asked(self, body: str, who: str, ends: float) -> "_Answer":
        envelope = _ENVELOPE.format(who=who, body=body).encode()
        content = bytearray()
        with self._line.asked(ends=ends, method="POST", body=envelope) as answer:
            for piece in answer.iter_raw():
                content += piece
                if len(content) > _MOST_BYTES:
                    raise NoPicture("the camera's answer has no end")
        return _Answer(bytes(content))

    def _who(self, credentials: Credentials) -> str:
        """Return a user-name token (WS-Security): the camera's clock must be about ours."""
        nonce = secrets.token_bytes(16)
        created = self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        word = nonce + created.encode() + credentials.password.encode()
        digest = base64.b64encode(hashlib.sha1(word).digest()).decode()  # noqa: S324 - the standard's
        return (
            f'<Security xmlns="{_WSSE}" s:mustUnderstand="1"><UsernameToken>'
            f"<Username>{escape(credentials.username)}</Username>"
            f'<Password Type="{_DIGEST}">{digest}</Password>'
            f"<Nonce>{base64.b64encode(nonce).decode()}</Nonce>"
            f'<Created xmlns="{_WSU}">{created}</Created></UsernameToken></Security>'
        )


class _Answer:
    """A SOAP answer by local names. No document type, so no entity either."""

    def __init__(self, content: bytes) -> None:
        self._texts: dict[str, str] = {}
        self._attributes: dict[tuple[str, str], str] = {}
        self._text: list[str] = []
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartDoctypeDeclHandler = _refuse
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError):
            raise NoPicture("the camera's answer is not the XML of ONVIF") from None

    def text(self, name: str) -> str:
        return self._texts.get(name, "")

    def first(self, name: str, attribute: str) -> str:
        return self._attributes.get((name, attribute), "")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._text.clear()
        local = name.rpartition(":")[2].lower()
        for key, value in attributes.items():
            self._attributes.setdefault((local, key.lower()), value)

    def _end(self, name: str) -> None:
        text = "".join(self._text).strip()
        self._text.clear()
        if text:
            self._texts.setdefault(name.rpartition(":")[2].lower(), text)


def _refuse(*_: object) -> NoReturn:
    raise NoPicture("the camera's answer has a document type")
