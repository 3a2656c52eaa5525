"""The camera behind a profile and an address: the one door to all ways of having a picture."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from gateway.cctv.form import ProfileForm
from gateway.cctv.profile import Where
from gateway.cctv.still import Camera, Still
from gateway.links.camera_address import BadAddress, CameraAddress
from gateway.links.camera_http import HttpCamera
from gateway.links.camera_log_in import Credentials
from gateway.links.camera_mjpeg import MjpegCamera
from gateway.links.camera_onvif import OnvifCamera
from gateway.links.camera_stream import FileCamera, StreamCamera, file_of

_SCHEMES = {
    "http": ("http", "https"),
    "mjpeg": ("http", "https"),
    "onvif": ("http", "https"),
    "rtsp": ("rtsp",),
}


def judge(profile: ProfileForm, where: Where) -> None:
    """See that the profile can be spoken at this address.

    :raises BadAddress: says why not
    """
    if profile.way == "rtsp" and file_of(where.url) is not None:
        return
    for url in (where.url, where.stream):
        address = CameraAddress.parse(url) if url is not None else None
        if address is not None and address.scheme not in _SCHEMES[profile.way]:
            usual = _SCHEMES[profile.way][0]
            raise BadAddress(f"{profile.name} is reached by {usual}, not by {address.scheme}")


def camera(
    profile: ProfileForm,
    where: Where,
    *,
    credentials: Credentials | None,
    clock: Callable[[], datetime],
) -> Camera:
    """Return the way to a camera's pictures; nothing is asked yet.

    :raises BadAddress: the profile cannot be spoken there
    """
    judge(profile, where)
    file = file_of(where.url)
    if profile.way == "rtsp" and file is not None:
        return FileCamera(file, clock=clock)
    address = CameraAddress.parse(where.url)
    match profile.way:
        case "http":
            way: Camera = HttpCamera(address, credentials=credentials, clock=clock)
        case "mjpeg":
            way = MjpegCamera(address, credentials=credentials, clock=clock)
        case "onvif":
            way = OnvifCamera(address, token=where.channel, credentials=credentials, clock=clock)
        case "rtsp":
            way = StreamCamera(
                address, credentials=credentials, clock=clock, transport=profile.transport
            )
    return way if profile.clock else _NobodysClock(way)


class _NobodysClock:
    """A camera behind a bridge: the clock that answers is not the camera's."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera

    def look(self, *, within: float) -> Still:
        return replace(self._camera.look(within=within), camera_at=None)
