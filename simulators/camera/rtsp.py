"""A camera over RTSP (RFC 2326): H.264 in RTP, interleaved over TCP or by UDP.

Enough for what looks at cameras: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, with digest. Packets
follow RFC 6184: single NAL units, and FU-A where one does not fit.
"""

import contextlib
import re
import secrets
import socket
import socketserver
import struct
import threading
import time
from typing import TYPE_CHECKING

from simulators.camera.camera import Camera, Fault
from simulators.camera.jpeg import H264, bomb_parameters
from simulators.camera.log_in import LogIn
from simulators.camera.rtp import TYPE, Packets

if TYPE_CHECKING:
    from collections.abc import Callable

RATE = 10
#: The kind of NAL unit that says how large pictures are.
_PARAMETERS = 7


class RtspServer:
    """Serves one camera on a port of the loopback."""

    def __init__(self, camera: Camera, *, port: int = 0) -> None:
        self.camera = camera
        self._port = port
        self._server: _Server | None = None
        #: How each viewer gets its packets: ``tcp`` or ``udp``.
        self.transports: list[str] = []

    @property
    def url(self) -> str:
        """Where it is."""
        return f"rtsp://127.0.0.1:{self._port}/live"

    def start(self) -> None:
        """Listen."""
        self._server = _Server(("127.0.0.1", self._port), self)
        self._port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Hang up on everybody."""
        self.camera.released.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], owner: RtspServer) -> None:
        self.owner = owner
        camera = owner.camera
        self.log_in = LogIn(camera.username, camera.password, camera.scheme)
        super().__init__(address, _Viewer)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever looked has hung up."""


class _Viewer(socketserver.StreamRequestHandler):
    """One connection of somebody who looks."""

    server: _Server

    def setup(self) -> None:
        super().setup()
        self._send: Callable[[bytes], None] | None = None
        self._session = secrets.token_hex(4)
        self._writing = threading.Lock()
        self._over = threading.Event()
        self._waited = False
        self._udp: socket.socket | None = None

    def handle(self) -> None:
        camera = self.server.owner.camera
        while (asked := self._request()) is not None:
            method, number, fields = asked
            camera.asked.append((method, True))
            if self._fails(camera, number):
                return
            if method != "OPTIONS" and not self._let_in(method, fields):
                challenge = f"WWW-Authenticate: {self.server.log_in.challenge}"
                self._answer(number, "401 Unauthorized", challenge)
                continue
            self._do(method, number, fields)
            if method == "TEARDOWN":
                return

    def finish(self) -> None:
        self._over.set()
        if self._udp is not None:
            self._udp.close()
        with contextlib.suppress(OSError):
            super().finish()

    def _fails(self, camera: Camera, number: str) -> bool:
        """Answer as a camera with such a fault does; whether that was all. Late ones wait."""
        match camera.fault:
            case Fault.MUTE:
                camera.released.wait(120.0)
                return True
            case Fault.SLOW_HEADERS | Fault.SLOW_LORIS:
                for byte in f"RTSP/1.0 200 OK\r\nCSeq: {number}\r\nPublic: DESCRIBE\r\n".encode():
                    self.wfile.write(bytes([byte]))
                    if camera.released.wait(0.3):
                        break
                return True
            case Fault.HTML:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
                self.wfile.write(camera.picture())
                return True
            case Fault.ERROR:
                self._answer(number, "500 Internal Server Error", "")
                return True
            case Fault.LATE if not self._waited:
                camera.released.wait(camera.late)
                self._waited = True
            case _:
                pass
        return False

    def _let_in(self, method: str, fields: dict[str, str]) -> bool:
        if self.server.owner.camera.fault is Fault.UNAUTHORIZED:
            return False
        return self.server.log_in.permits(method, fields.get("authorization"))

    def _do(self, method: str, number: str, fields: dict[str, str]) -> None:
        match method:
            case "OPTIONS":
                self._answer(number, "200 OK", "Public: DESCRIBE, SETUP, PLAY, TEARDOWN")
            case "DESCRIBE":
                self._answer(number, "200 OK", "Content-Type: application/sdp", _description())
            case "SETUP":
                self._set_up(number, fields.get("transport", ""))
            case "PLAY":
                self._answer(number, "200 OK", f"Session: {self._session}\r\nRange: npt=0.000-")
                threading.Thread(target=self._play, daemon=True).start()
            case _:
                self._answer(number, "200 OK", f"Session: {self._session}")

    def _set_up(self, number: str, wanted: str) -> None:
        if "TCP" in wanted:
            self._send = self._interleaved
            taken = "RTP/AVP/TCP;unicast;interleaved=0-1"
        elif (ports := re.search(r"client_port=(\d+)", wanted)) is not None:
            wire = self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            wire.bind(("127.0.0.1", 0))
            to = (self.client_address[0], int(ports[1]))
            self._send = lambda packet: _post(wire, packet, to)
            ours = wire.getsockname()[1]
            taken = f"RTP/AVP;unicast;client_port={ports[1]}-{int(ports[1]) + 1}"
            taken += f";server_port={ours}-{ours + 1}"
        else:
            self._answer(number, "461 Unsupported Transport", "")
            return
        self.server.owner.transports.append("tcp" if "TCP" in wanted else "udp")
        self._answer(number, "200 OK", f"Transport: {taken}\r\nSession: {self._session}")

    def _play(self) -> None:
        """Send what the camera sees until nobody looks, or it goes mute."""
        camera, send = self.server.owner.camera, self._send
        if send is None:
            return
        codec = H264(camera.place.width, camera.place.height, rate=RATE)
        packets = Packets()
        stamp = 0
        while not self._over.wait(1 / RATE) and not camera.released.is_set():
            if camera.fault in {Fault.MUTE, Fault.ENDLESS}:
                continue
            stamp += 90_000 // RATE
            units = codec.encode(camera.pixels())
            for place, unit in enumerate(units):
                if camera.fault is Fault.TRUNCATED:
                    unit = unit[: len(unit) // 3]  # noqa: PLW2901 - that is the fault
                if camera.fault is Fault.BOMB and unit[0] & 0x1F == _PARAMETERS:
                    unit = bomb_parameters()  # noqa: PLW2901 - that is the fault
                for packet in packets.of(unit, stamp=stamp, last=place == len(units) - 1):
                    try:
                        send(packet)
                    except OSError:
                        return

    def _interleaved(self, packet: bytes) -> None:
        with self._writing:
            self.wfile.write(struct.pack(">cBH", b"$", 0, len(packet)) + packet)

    def _request(self) -> tuple[str, str, dict[str, str]] | None:
        """Read the next request; what is interleaved the other way (RTCP) is passed over."""
        while (first := self.rfile.read(1)) == b"$":
            _, length = struct.unpack(">BH", self.rfile.read(3))
            self.rfile.read(length)
        line = (first + self.rfile.readline(4096)).decode("latin-1").strip()
        if not line:
            return None
        fields: dict[str, str] = {}
        while text := self.rfile.readline(4096).decode("latin-1").strip():
            name, _, value = text.partition(":")
            fields[name.lower()] = value.strip()
        return line.split(" ")[0], fields.get("cseq", "0"), fields

    def _answer(self, number: str, status: str, fields: str, body: str = "") -> None:
        head = f"RTSP/1.0 {status}\r\nCSeq: {number}\r\n"
        head += f"{fields}\r\n" if fields else ""
        head += f"Content-Length: {len(body)}\r\n" if body else ""
        with self._writing:
            self.wfile.write(f"{head}\r\n{body}".encode())


def _post(wire: socket.socket, packet: bytes, to: tuple[str, int]) -> None:
    wire.sendto(packet, to)
    time.sleep(0.0002)  # a burst at once would overrun the viewer's buffer


def _description() -> str:
    return "\r\n".join(
        [
            "v=0",
            "o=- 0 0 IN IP4 127.0.0.1",
            "s=camera",
            "c=IN IP4 0.0.0.0",
            "t=0 0",
            f"m=video 0 RTP/AVP {TYPE}",
            f"a=rtpmap:{TYPE} H264/90000",
            f"a=fmtp:{TYPE} packetization-mode=1",
            "a=control:track1",
            "",
        ]
    )
