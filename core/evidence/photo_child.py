"""The child process that reads a person's picture, and that anybody may kill.

Started as a file of its own (``python -I photo_child.py BYTES CPU_SECONDS PIXELS``): it imports
nothing of the product. On stdin it gets one picture; on stdout it answers with a line of JSON and,
where that has no ``reason``, a JPEG without metadata: the place where it was taken, the telephone's
serial number and its owner's name go no further than this process.
"""

import io
import json
import resource
import sys

_MODEL = 272
_FORMATS = ("JPEG", "PNG", "WEBP")
_LONGEST = 4096
_QUALITY = 90


def _confine(address_space: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _made(content: bytes, most_pixels: int) -> tuple[dict[str, object], bytes]:
    from PIL import Image, ImageOps  # noqa: PLC0415 - only after the limits stand

    Image.MAX_IMAGE_PIXELS = None  # judged here, by the header alone
    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        if picture.width * picture.height > most_pixels:
            return {"reason": f"more than {most_pixels} pixels"}, b""
        model = str(picture.getexif().get(_MODEL, "")).strip("\x00 ")[:100]
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((_LONGEST, _LONGEST))
    # Only the pixels go on: whatever else the file held stays behind.
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=_QUALITY)
    size = {"width": bare.width, "height": bare.height}
    return {**size, "model": model if model.isprintable() else ""}, written.getvalue()


def _main() -> None:
    _confine(int(sys.argv[1]), int(sys.argv[2]))
    content = sys.stdin.buffer.read()
    try:
        said, picture = _made(content, int(sys.argv[3]))
    except (OSError, ValueError, SyntaxError, MemoryError, OverflowError) as problem:
        said, picture = {"reason": f"{type(problem).__name__}: {problem}"[:300]}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + picture)


if __name__ == "__main__":
    _main()
