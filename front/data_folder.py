"""The data folder: where store, spool, keys and log-ins of one machine lie."""

import secrets
from pathlib import Path

from py_vapid import Vapid

#: Where the sites of one machine lie, each in a folder of its own.
DEFAULT = Path("var")


class NoStore(Exception):
    """There is no store in that folder."""


class DataFolder:
    """Files with fixed names; secrets are made on first use and readable by their owner alone."""

    def __init__(self, path: Path) -> None:
        """Take a folder, which need not exist yet."""
        self.path = path

    @classmethod
    def found(cls, path: Path | None) -> "DataFolder":
        """Return the folder that holds a store: ``path``, or the only one there is.

        :raises NoStore: none, or several to choose from.
        """
        if path is not None:
            if not cls(path).holds_one():
                raise NoStore(f"{path} holds no store")
            return cls(path)
        folders = sorted(one for one in DEFAULT.glob("*") if cls(one).holds_one())
        if len(folders) != 1:
            those = ", ".join(str(one) for one in folders) or f"none below {DEFAULT}"
            raise NoStore(f"say which folder with --data: {those}")
        return cls(folders[0])

    def holds_one(self) -> bool:
        """Whether the product has been started with this folder."""
        return self._seal_key.exists()

    @property
    def store(self) -> Path:
        """The centre's store, where it is SQLite."""
        return self.path / "shouwen.sqlite"

    @property
    def database_url(self) -> str:
        """The URL of that store."""
        return f"sqlite:///{self.store.resolve()}"

    @property
    def gateway(self) -> Path:
        """The gateway's own folder: spool, broker, card key."""
        return self.path / "gateway"

    @property
    def gateway_token(self) -> Path:
        """The token by which the gateway of this machine posts."""
        return self.path / "gateway.token"

    @property
    def log_ins(self) -> Path:
        """The log-ins made on first start."""
        return self.path / "logins.txt"

    def read_seal_key(self) -> bytes:
        """Return the key of the journal's seals."""
        return bytes.fromhex(self._seal_key.read_text().strip())

    def seal_key(self) -> Path:
        """Return the file of the seals' key, made now if it is missing."""
        return self._secret(self._seal_key)

    def push_key(self) -> Path:
        """Return the file by which push services know us, made now if it is missing."""
        file = self.path / "push.pem"
        if not file.exists():
            key = Vapid()
            key.generate_keys()
            self.write_private(file, key.private_pem().decode("ascii"))
        return file

    def token(self) -> Path:
        """Return the file of the gateway's token, made now if it is missing."""
        return self._secret(self.gateway_token)

    def write_private(self, file: Path, text: str) -> None:
        """Write a file that only its owner can read."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.chmod(0o600)
        file.write_text(text, encoding="utf-8")

    @property
    def _seal_key(self) -> Path:
        return self.path / "seal.key"

    def _secret(self, file: Path) -> Path:
        if not file.exists():
            self.write_private(file, secrets.token_hex(32) + "\n")
        return file
