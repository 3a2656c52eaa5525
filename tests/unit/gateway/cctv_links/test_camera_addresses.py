"""Only what the site file says is called, whatever it is dressed as."""

import pytest

from gateway.cctv.still import NoPicture
from gateway.links.camera_address import BadAddress, CameraAddress


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.64/snapshot.jpg",
        "https://10.0.0.7:8443/a?b=c",
        "rtsp://172.16.3.4/Streaming/Channels/101",
        "http://camera-3.office.lan/latest.jpg",
        "http://[fd00::7]:8080/x.jpg",
        "http://127.0.0.1:5000/bridge.jpg",
    ],
)
def test_a_camera_may_be_there(url: str) -> None:
    assert CameraAddress.parse(url).url == url


@pytest.mark.parametrize(
    "url",
    [
        "ftp://192.168.1.64/x",
        "file:///etc/passwd",
        "gopher://192.168.1.64/x",
        "javascript:alert(1)",
        "192.168.1.64/x",
        "http://",
        "http:///x",
        "http://admin:secret@192.168.1.64/x",
        "http://192.168.1.64@169.254.169.254/x",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/x",
        "http://[::ffff:169.254.169.254]/x",
        "http://224.0.0.1/x",
        "http://239.255.255.250/x",
        "http://[ff02::1]/x",
        "http://0.0.0.0/x",
        "http://[::]/x",
        "http://255.255.255.255/x",
        "http://240.0.0.1/x",
        "http://2130706433/x",
        "http://0x7f000001/x",
        "http://0x7f.0.0.1/x",
        "http://017700000001/x",
        "http://0177.0.0.1/x",
        "http://127.1/x",
        "http://127.0.1/x",
        "http://1.2.3.4.5/x",
        "http://192.168.1.64:0x50/x",
        "http://192.168.1.64:99999/x",
        "http://192.168.1.64:-1/x",
        "http://192.168.1.64\\@evil/x",
        "http://192.168.1.64 /x",
        "http://192.168.1.64/x\r\nHost: evil",
        "http://192.168.1.64/\x00x",
        "http://ＥＶＩＬ.com/x",
        "http://１２７.0.0.1/x",
        "http://evil。com/x",
        "http://-evil.com/x",
        "http://evil..com/x",
        "http://[::1/x",
    ],
)
def test_no_camera_is_there(url: str) -> None:
    with pytest.raises(BadAddress):
        CameraAddress.parse(url)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("127.0.0.1", "this machine"),
        ("::1", "this machine"),
        ("::ffff:127.0.0.1", "this machine"),
        ("169.254.169.254", "link-local"),
        ("224.0.0.251", "multicast"),
        ("0.0.0.0", "nobody"),
    ],
)
def test_a_name_that_leads_where_no_camera_is_is_refused_when_it_is_asked(
    number: str, reason: str
) -> None:
    with pytest.raises(NoPicture, match=reason):
        CameraAddress.parse("http://camera.example/x").choose([number])


def test_of_several_numbers_one_that_may_be_called_is_taken() -> None:
    camera = CameraAddress.parse("http://camera.example/x")
    assert camera.choose(["169.254.169.254", "fe80::1%eth0", "10.1.2.3"]) == "10.1.2.3"


def test_localhost_means_localhost() -> None:
    assert CameraAddress.parse("http://localhost:5000/x").choose(["127.0.0.1"]) == "127.0.0.1"
