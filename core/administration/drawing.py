"""SVG from outside: only what draws, and nothing that runs, fetches or grows.

A browser that shows SVG as a picture runs no script in it and fetches nothing for it. What could
do more elsewhere (opened by itself, or in another program) is refused with the reason, not cleaned:
whoever drew it should know.
"""

import math
import re
from xml.parsers import expat

from core.errors import NotReadable
from core.facts.plan import Drawing

MEDIA_TYPE = "image/svg+xml"
MOST_BYTES, MOST_ELEMENTS, MOST_DEPTH, MOST_SIDE = 2_000_000, 50_000, 100, 100_000

_SVG = "http://www.w3.org/2000/svg"
#: Elements that draw or describe; animation, links, scripts, foreign pages and media do not.
_DRAWS = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "switch"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image", "view"),
        *("text", "tspan", "textPath", "linearGradient", "radialGradient", "stop", "pattern"),
        *("clipPath", "mask", "marker"),
    }
)
#: What drawing programs note beside: never shown.
_NOTES = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
    "http://ns.adobe.com/",
)
_INNER = re.compile(r"\s*(#|data:image/(png|jpeg|webp)[;,])", re.IGNORECASE)
_OUTER = re.compile(r"@import|expression\s*\(|javascript:|url\s*\((?!\s*['\"]?\s*#)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|pt|mm|cm|in)?\s*")


def read(content: bytes) -> Drawing:
    """Return an SVG as it may be kept: byte for byte, found harmless.

    :raises NotReadable: no SVG, damaged, too large, or it does more than draw; says which.
    """
    if not 0 < len(content) <= MOST_BYTES:
        raise NotReadable(f"a drawing has 1 to {MOST_BYTES} bytes, not {len(content)}")
    walk = _Walk()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = walk.begin
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    parser.StartDoctypeDeclHandler = walk.doctype
    parser.ProcessingInstructionHandler = walk.instruction
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, UnicodeError, ValueError) as problem:
        raise NotReadable(f"the drawing is no well-formed SVG: {problem}") from None
    width, height = walk.size()
    return Drawing(content=content, media_type=MEDIA_TYPE, width=width, height=height)


class _Walk:
    """Looks at every element, attribute and style as it passes."""

    def __init__(self) -> None:
        self._root: dict[str, str] = {}
        self._path: list[str] = []
        self._elements = 0
        self._style: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS or len(self._path) >= MOST_DEPTH:
            raise NotReadable("the drawing has too many parts, or too deep ones")
        space, _, local = name.rpartition(" ")
        if not self._path:
            if (space, local) != (_SVG, "svg"):
                raise NotReadable("this is no SVG: its outermost element is another")
            self._root = attributes
        if not (space == _SVG and local in _DRAWS) and not space.startswith(_NOTES):
            raise NotReadable(f"the drawing holds <{local}>, which does more than draw")
        self._path.append(local if space == _SVG else "")
        for attribute, value in attributes.items():
            _check(local, attribute.rpartition(" ")[2], value)

    def end(self, _name: str) -> None:
        if self._path.pop() == "style":
            _styled("".join(self._style))
            self._style.clear()

    def text(self, said: str) -> None:
        if self._path and self._path[-1] == "style":
            self._style.append(said)

    def doctype(self, *_declared: object) -> None:
        raise NotReadable("the drawing declares a document type, which may define entities")

    def instruction(self, target: str, _said: str) -> None:
        raise NotReadable(f"the drawing holds an instruction to other programs: {target}")

    def size(self) -> tuple[int, int]:
        """Return width and height in the drawing's own units."""
        box = re.split(r"[\s,]+", self._root.get("viewBox", "").strip())
        sides = box[2:] if len(box) == 4 else [self._root.get(one, "") for one in _SIDES]
        found = [_LENGTH.fullmatch(side) for side in sides]
        long = [float(one.group(1)) for one in found if one is not None]
        if len(long) != 2 or not all(0 < side <= MOST_SIDE for side in long):
            raise NotReadable("the drawing does not say how large it is: no viewBox, no width")
        return math.ceil(long[0]), math.ceil(long[1])


_SIDES = ("width", "height")


def _check(element: str, attribute: str, value: str) -> None:
    if attribute.lower().startswith("on"):
        raise NotReadable(f"the drawing would run something: {attribute} at <{element}>")
    if attribute.lower() in {"href", "src"} and not _INNER.match(value):
        raise NotReadable(f"the drawing fetches something from elsewhere at <{element}>")
    if "(" in value or "@" in value or ":" in value:
        _styled(value)


def _styled(said: str) -> None:
    # A backslash or a comment could hide what a style says.
    plain = re.sub(r"/\*.*?\*/", "", said, flags=re.DOTALL)
    if _OUTER.search(plain) or ("\\" in plain and "(" in plain):
        raise NotReadable("a style of the drawing fetches or runs something")
