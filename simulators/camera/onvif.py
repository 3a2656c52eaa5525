"""The two questions of ONVIF's media service that lead to a still: profiles, and its address."""

_ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"
 xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema">
<SOAP-ENV:Body>{body}</SOAP-ENV:Body></SOAP-ENV:Envelope>"""
_PROFILES = """<trt:GetProfilesResponse>
<trt:Profiles token="main" fixed="true"><tt:Name>main</tt:Name></trt:Profiles>
<trt:Profiles token="sub" fixed="true"><tt:Name>sub</tt:Name></trt:Profiles>
</trt:GetProfilesResponse>"""
_ADDRESS = """<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>{where}</tt:Uri>
<tt:InvalidAfterConnect>false</tt:InvalidAfterConnect></trt:MediaUri>
</trt:GetSnapshotUriResponse>"""


def answer(question: bytes, where: str) -> bytes:
    """Return the answer to a SOAP question; the still is to be had at ``where``."""
    body = _ADDRESS.format(where=where) if b"GetSnapshotUri" in question else _PROFILES
    return _ENVELOPE.format(body=body).encode()
