"""HTTP digest (RFC 7616, MD5) and basic, as cameras ask for them; for HTTP and for RTSP."""

import base64
import hashlib
import hmac
import re
import secrets

REALM = "IP Camera"
_FIELD = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]+))')


class LogIn:
    """Judges who may look; nonces are good for ever, which real cameras' are not."""

    def __init__(self, username: str | None, password: str, scheme: str) -> None:
        self._username = username
        self._password = password
        self._scheme = scheme
        self._nonce = secrets.token_hex(8)

    @property
    def challenge(self) -> str:
        """What a 401 asks for."""
        if self._scheme == "basic":
            return f'Basic realm="{REALM}"'
        return f'Digest realm="{REALM}", nonce="{self._nonce}", qop="auth", algorithm=MD5'

    def permits(self, method: str, said: str | None) -> bool:
        """Whether this ``Authorization`` is the right one for a request of that method."""
        if self._username is None:
            return True
        kind, _, rest = (said or "").partition(" ")
        if kind.lower() != self._scheme:
            return False
        if self._scheme == "basic":
            right = base64.b64encode(f"{self._username}:{self._password}".encode()).decode()
            return hmac.compare_digest(rest.strip(), right)
        fields = {name: quoted or bare for name, quoted, bare in _FIELD.findall(rest)}
        return fields.get("nonce") == self._nonce and hmac.compare_digest(
            fields.get("response", ""), self._response(method, fields)
        )

    def _response(self, method: str, fields: dict[str, str]) -> str:
        who = _md5(f"{self._username}:{REALM}:{self._password}")
        what = _md5(f"{method}:{fields.get('uri', '')}")
        if "qop" not in fields:
            return _md5(f"{who}:{self._nonce}:{what}")
        middle = ":".join(fields.get(name, "") for name in ("nc", "cnonce", "qop"))
        return _md5(f"{who}:{self._nonce}:{middle}:{what}")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()  # noqa: S324 - what cameras speak
