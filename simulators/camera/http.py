"""Cameras over HTTP: stills under every vendor's path, MJPEG, and Hikvision's alert stream.

One server shows many cameras. A path begins with the camera's code, as behind a reverse proxy
(``/gate/snapshot.jpg``); a server with one camera leaves it out, as the camera itself does.
"""

import threading
import time
from collections.abc import Mapping
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from simulators.camera import onvif
from simulators.camera.camera import Camera, Fault
from simulators.camera.log_in import LogIn

#: Where vendors keep a still.
STILLS = (
    "/snapshot.jpg",
    "/ISAPI/Streaming/channels/101/picture",
    "/cgi-bin/snapshot.cgi",
    "/onvif/snapshot",
    "/latest.jpg",
    "/api/frame.jpeg",
)
MJPEG = "/video.mjpg"
ALERTS = "/ISAPI/Event/notification/alertStream"
SERVICE = "/onvif/media_service"
_BOUNDARY = b"--frame\r\n"
#: Bytes after which even an endless picture ends, lest a test fills a disk.
_ENDLESS = 512 * 1024 * 1024


class CameraServer:
    """Serves cameras on one port of the loopback."""

    def __init__(self, cameras: Mapping[str, Camera], *, port: int = 0) -> None:
        self.cameras = dict(cameras)
        self._port = port
        self._server: _Server | None = None
        #: Alerts to be told to whoever listens: XML documents.
        self.alerts: dict[str, list[bytes]] = {code: [] for code in cameras}
        self.listening = threading.Semaphore(0)

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://{self.address}"

    def start(self) -> None:
        """Listen; a server that was stopped comes back on its port."""
        self._server = _Server(("127.0.0.1", self._port), self)
        self._port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Hang up on everybody."""
        for camera in self.cameras.values():
            camera.released.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def find(self, path: str) -> tuple[str, Camera, str] | None:
        """Return the camera that a path means, with its code and the rest of the path."""
        code, _, rest = path.removeprefix("/").partition("/")
        if code in self.cameras:
            return code, self.cameras[code], f"/{rest}"
        if path.startswith("/api/"):  # Frigate keeps many cameras: /api/<camera>/latest.jpg
            name, _, rest = path.removeprefix("/api/").partition("/")
            if name in self.cameras:
                return name, self.cameras[name], f"/{rest}"
        if len(self.cameras) == 1:
            ((code, camera),) = self.cameras.items()
            return code, camera, path
        return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    #: Fifty cameras are asked at one moment.
    request_queue_size = 128
    block_on_close = False

    def __init__(self, address: tuple[str, int], owner: CameraServer) -> None:
        self.owner = owner
        self.log_ins: dict[str, LogIn] = {
            code: LogIn(one.username, one.password, one.scheme)
            for code, one in owner.cameras.items()
        }
        super().__init__(address, _Request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever looked has hung up."""


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in stdlib
        """Say nothing."""

    def do_POST(self) -> None:
        """Answer ONVIF's questions."""
        self._let_in()

    def do_GET(self) -> None:
        """Show a camera."""
        self._let_in()

    def _let_in(self) -> None:
        address = urlsplit(self.path)
        query = parse_qs(address.query)
        path = address.path
        if "src" in query:  # go2rtc: /api/frame.jpeg?src=<camera>
            path = f"/{query['src'][0]}{path}"
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        found = self.server.owner.find(path)
        if found is None:
            self._answer(404, b"no such camera", "text/plain")
            return
        code, camera, rest = found
        said = self.headers.get("Authorization")
        let_in = self.server.log_ins[code].permits(self.command, said)
        camera.asked.append((self.path, let_in))
        if camera.fault is Fault.MUTE:
            self._hang(camera)
        elif not let_in or camera.fault is Fault.UNAUTHORIZED:
            challenge = {"WWW-Authenticate": self.server.log_ins[code].challenge}
            self._answer(401, b"<html>401</html>", "text/html", challenge)
        elif rest == MJPEG:
            self._motion(camera)
        elif rest == ALERTS:
            self._alerts(code, camera)
        elif rest == SERVICE:
            where = f"http://{self.headers['Host']}{self.path.removesuffix(rest)}/onvif/snapshot"
            answer = onvif.answer(body, camera.says_still_at or where)
            self._answer(200, answer, "application/soap+xml")
        elif rest in STILLS:
            self._still(camera)
        else:
            self._answer(404, b"<html>404</html>", "text/html")

    def _refuses(self, camera: Camera) -> bool:
        """Answer as a camera with such a fault does; whether that was all. Late ones wait."""
        match camera.fault:
            case Fault.ERROR:
                self._answer(500, b"busy", "text/plain")
                return True
            case Fault.REDIRECT:
                self._answer(302, b"", "text/html", {"Location": "http://127.0.0.1:9/evil.jpg"})
                return True
            case Fault.LATE:
                camera.released.wait(camera.late)
            case _:
                pass
        return False

    def _still(self, camera: Camera) -> None:
        if self._refuses(camera):
            return
        picture = camera.picture()
        head = self._head(camera, len(picture))
        match camera.fault:
            case Fault.SLOW_HEADERS:
                self._drip(camera, head + picture)
            case Fault.SLOW_LORIS:
                self._write(head + picture[:20])
                self._drip(camera, picture[20:])
            case Fault.ENDLESS:
                self._endless(picture)
            case _:
                self._write(head + picture)

    def _head(self, camera: Camera, length: int) -> bytes:
        kind = {Fault.HTML: "text/html", Fault.BOMB: "image/png"}.get(
            camera.fault or Fault.LATE, "image/jpeg"
        )
        lines = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {length}"]
        lines += [f"Date: {formatdate(camera.now(), usegmt=True)}", "Connection: close"]
        if camera.says_when:
            lines.append(f"Last-Modified: {formatdate(camera.made_at, usegmt=True)}")
        self.close_connection = True
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _endless(self, picture: bytes) -> None:
        self._write(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nConnection: close\r\n\r\n")
        self.close_connection = True
        sent, piece = 0, picture[:-2] * 20
        while sent < _ENDLESS and self._write(piece):
            sent += len(piece)

    def _drip(self, camera: Camera, data: bytes) -> None:
        for byte in data:
            if camera.released.wait(0.3) or not self._write(bytes([byte])):
                return

    def _hang(self, camera: Camera) -> None:
        camera.released.wait(120.0)
        self.close_connection = True

    def _motion(self, camera: Camera) -> None:
        """Show one picture after the other until nobody looks."""
        if self._refuses(camera):
            return
        if camera.fault is Fault.HTML:
            self._answer(200, camera.picture(), "text/html")
            return
        start = (
            b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;"
            b" boundary=frame\r\nConnection: close\r\n\r\n"
        )
        self.close_connection = True
        if camera.fault is Fault.SLOW_HEADERS:
            self._drip(camera, start)
            return
        self._write(start)
        while not camera.released.wait(0.1):
            if camera.fault is Fault.ENDLESS:
                self._write(_BOUNDARY + b"Content-Type: image/jpeg\r\n\r\n\xff\xd8\xff")
                self._endless(camera.picture())
                return
            picture = camera.picture()
            stamp = f"X-Timestamp: {camera.made_at:.3f}\r\n" if camera.says_when else ""
            head = f"Content-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n{stamp}\r\n"
            if camera.fault is Fault.SLOW_LORIS:
                self._drip(camera, _BOUNDARY + head.encode() + picture)
                return
            if not self._write(_BOUNDARY + head.encode() + picture + b"\r\n"):
                return

    def _alerts(self, code: str, camera: Camera) -> None:
        """Tell alerts as they come; the heartbeat is a ``videoloss`` that is not active."""
        self._write(
            b"HTTP/1.1 200 OK\r\nContent-Type: multipart/mixed; boundary=boundary\r\n"
            b"Connection: close\r\n\r\n"
        )
        self.close_connection = True
        self.server.owner.listening.release()
        told = 0
        while not camera.released.wait(0.05):
            for document in self.server.owner.alerts[code][told:]:
                told += 1
                head = f"Content-Length: {len(document)}\r\n\r\n".encode()
                part = b"--boundary\r\nContent-Type: application/xml; charset=UTF-8\r\n" + head
                if not self._write(part + document + b"\r\n"):
                    return
            if not self._write(b""):
                return

    def _write(self, data: bytes) -> bool:
        try:
            self.wfile.write(data)
        except OSError:
            return False
        return True

    def _answer(
        self, status: int, content: bytes, kind: str, more: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def alert(
    kind: str, *, state: str = "active", at: float | None = None, channel: int = 1, count: int = 1
) -> bytes:
    """Return an ``EventNotificationAlert`` as a Hikvision camera writes it."""
    when = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() if at is None else at))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
<ipAddress>192.0.2.64</ipAddress>
<channelID>{channel}</channelID>
<dateTime>{when}</dateTime>
<activePostCount>{count}</activePostCount>
<eventType>{kind}</eventType>
<eventState>{state}</eventState>
<eventDescription>{kind} alarm</eventDescription>
</EventNotificationAlert>""".encode()
