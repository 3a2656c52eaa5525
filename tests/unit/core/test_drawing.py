"""Floor plans from outside: what draws is kept, what does more is refused with the reason."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.administration import drawing
from core.errors import NotReadable

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '


def svg(inside: str, *, head: str = 'viewBox="0 0 400 300"') -> bytes:
    return f"{HEAD}{head}>{inside}</svg>".encode()


HARMLESS = {
    "shapes": '<g style="fill:none"><path d="M0 0L9 9"/><rect width="9" height="9"/></g>',
    "own parts": '<defs><g id="a"/></defs><use href="#a"/><use xlink:href="#a"/>',
    "gradients": '<linearGradient id="a"/><rect fill="url(#a)" style="stroke:url(\'#a\')"/>',
    "style": "<style>/* walls */ .w{stroke:#000;marker:url( #m )}</style>",
    "a picture inside": '<image href="data:image/png;base64,AAAA"/>',
    "notes": '<metadata xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:RDF/></metadata>',
    "words": "<text>3号楼 2单元</text><title>x</title>",
}
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": '<rect onload="alert(1)"/>',
    "handler in capitals": '<rect ONCLICK="alert(1)"/>',
    "page": "<foreignObject><p/></foreignObject>",
    "foreign element": '<p xmlns="http://www.w3.org/1999/xhtml"/>',
    "no namespace": '<script xmlns=""/>',
    "link": '<a href="#x"><rect/></a>',
    "scripted link": '<use href="javascript:alert(1)"/>',
    "fetched part": '<use xlink:href="https://elsewhere.example/a.svg#b"/>',
    "fetched picture": '<image href="//elsewhere.example/a.png"/>',
    "svg in svg": '<image href="data:image/svg+xml,x"/>',
    "fetching style": '<rect style="fill:url(https://elsewhere.example/x)"/>',
    "fetching style sheet": "<style>@import 'https://elsewhere.example/x';</style>",
    "parted by a comment": "<style>@im/**/port 'x'; a{b:u/**/rl(x)}</style>",
    "escaped": r"<style>a{b:u\72l(x)}</style>",
    "animation": '<rect><animate attributeName="href" to="javascript:x"/></rect>',
    "instruction": '<?xml-stylesheet href="x"?>',
    "too deep": "<g>" * 101 + "</g>" * 101,
    "too many": "<g/>" * 50_001,
}


@pytest.mark.parametrize("inside", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_draws_is_kept_byte_for_byte(inside: str) -> None:
    content = svg(inside)

    read = drawing.read(content)

    assert read.content == content
    assert (read.width, read.height, read.media_type) == (400, 300, "image/svg+xml")


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_does_more_is_refused(inside: str) -> None:
    with pytest.raises(NotReadable):
        drawing.read(svg(inside))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg",
        b"<html></html>",
        b"<svg></svg>",
        b"\x00" * 10,
        b"<!DOCTYPE svg [<!ENTITY a 'x'>]>" + svg("&a;"),
        svg("", head=""),
        svg("", head='width="0" height="3"'),
        svg("", head='viewBox="0 0 1e9 1e9"'),
        svg("", head='viewBox="0 0 nan 1"'),
        svg(" " * 2_000_000),
    ],
    ids=[
        *("nothing", "torn", "page", "no namespace", "zeros", "entities", "no size"),
        *("no width", "huge", "not a number", "too large"),
    ],
)
def test_what_is_no_drawing_is_refused(content: bytes) -> None:
    with pytest.raises(NotReadable):
        drawing.read(content)


def test_width_and_height_do_where_no_view_box_stands() -> None:
    read = drawing.read(svg("", head='width="210.5mm" height="297"'))

    assert (read.width, read.height) == (211, 297)


@settings(max_examples=1000, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(svg)))
def test_anything_is_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(NotReadable):
        assert drawing.read(content).content == content
