"""The store of pictures over S3's own wire, and what happens while it cannot be reached."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from core.errors import NoPictures
from core.facts.device import SiteCode
from core.facts.rules import Rules
from core.store.blobs import Blobs
from core.store.database import Database
from tests.office import Office
from tests.recordings import jpeg, sha256, uploads

GARDEN, HARBOUR = SiteCode("garden"), SiteCode("harbour")


class _Bucket(BaseHTTPRequestHandler):
    """As much of S3 as a write-once store needs: conditional PUT, GET, HEAD, and deleting."""

    objects: dict[str, bytes]

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("If-None-Match") == "*" and self.path in self.objects:
            return self._answer(412)
        self.objects[self.path] = content
        return self._answer(200)

    def do_GET(self) -> None:
        found = self.objects.get(self.path)
        self._answer(404 if found is None else 200, found or b"")

    do_HEAD = do_GET  # noqa: N815 - likewise

    def do_POST(self) -> None:
        """Delete many at once, which is how one is deleted too."""
        assert self.path.endswith("?delete")
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        keys = re.findall(r"<Key>(.*?)</Key>", asked)
        for key in keys:
            self.objects.pop(f"/pictures/{key}", None)
        deleted = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        self._answer(200, f"<DeleteResult>{deleted}</DeleteResult>".encode())

    def log_message(self, *_said: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, content: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Mon, 23 Nov 2026 00:00:00 GMT")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """What lies in a bucket that speaks S3 on loopback."""
    objects: dict[str, bytes] = {}
    handler = type("Bucket", (_Bucket,), {"objects": objects})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    _point_at(monkeypatch, f"http://127.0.0.1:{server.server_port}")
    yield objects
    server.shutdown()
    server.server_close()
    thread.join(timeout=60)


def _point_at(monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    for name, value in {
        "AWS_ENDPOINT": endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }.items():
        monkeypatch.setenv(name, value)


def test_s3_keeps_what_a_folder_keeps(bucket: dict[str, bytes]) -> None:
    blobs, content = Blobs.open("s3://pictures/shouwen"), jpeg()
    name = sha256(content)

    blobs.add(GARDEN, name, content)
    blobs.add(GARDEN, name, content)

    assert list(bucket.values()) == [content]
    assert blobs.read(GARDEN, name) == content
    assert blobs.is_whole(GARDEN, name)
    assert not blobs.holds(HARBOUR, name)
    blobs.delete(GARDEN, name)
    blobs.delete(GARDEN, name)
    assert blobs.read(GARDEN, name) is None


def test_what_lies_there_is_not_written_again_unless_it_is_torn(bucket: dict[str, bytes]) -> None:
    blobs, content = Blobs.open("s3://pictures/shouwen"), jpeg()
    blobs.add(GARDEN, sha256(content), content)
    (path,) = bucket
    bucket[path] = content[:4]
    assert not blobs.is_whole(GARDEN, sha256(content))

    blobs.add(GARDEN, sha256(content), content)

    assert bucket[path] == content


def test_a_store_that_fails_is_said_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    _point_at(monkeypatch, "http://127.0.0.1:9")
    blobs = Blobs.open("s3://pictures/shouwen")

    with pytest.raises(NoPictures):
        blobs.read(GARDEN, sha256(jpeg()))
    with pytest.raises(NoPictures):
        blobs.add(GARDEN, sha256(jpeg()), jpeg())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_ladders_climb_though_nothing_can_be_deleted(
    database_url: str, rules: Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Database.open(database_url, rules=rules, pictures=tmp_path / "pictures")
    office = Office(first)
    uploads(office, jpeg("nobody's"))
    first.close()
    _point_at(monkeypatch, "http://127.0.0.1:9")
    office.database = Database.open(database_url, rules=rules, pictures="s3://pictures/x")
    lamp = office.accepted()

    office.fast_forward(days=8)

    assert office.called_in(lamp)
    with office.database.read() as store:
        assert store.pictures.file(office.site, sha256(jpeg("nobody's"))) is not None
        assert store.pictures.sites_to_look_at(office.now) == []
        assert store.pictures.sites_to_look_at(office.now + timedelta(minutes=11)) == [office.site]
    office.database.close()


def test_a_folder_is_nobody_elses(tmp_path: Path) -> None:
    blobs = Blobs.open(tmp_path / "pictures")
    blobs.add(SiteCode("../harbour"), sha256(jpeg()), jpeg())

    assert (tmp_path / "pictures").stat().st_mode & 0o077 == 0
    assert list(tmp_path.rglob(sha256(jpeg())))
    assert not (tmp_path / "harbour").exists()
