"""Pictures that the tests make themselves: places, things in them, and what befalls a camera."""

from collections.abc import Callable
from functools import lru_cache

import cv2
import numpy as np

from gateway.cctv.align import Plate
from gateway.cctv.examination import Evidence
from gateway.cctv.picture import Pixels
from gateway.cctv.region import Region

WIDTH, HEIGHT = 960, 540
SCENES = ("yard", "corridor", "lobby", "stairs")
#: Where things are put, and asked about.
PLACE = Region.box(x=420, y=300, width=120, height=90)
Fault = Callable[[Pixels], Pixels]


def scene(name: str, *, look: int = 0, thing: bool = False, noise: float = 2.0) -> Pixels:
    """A place, the same at each look but for the sensor's noise. A picture of the caller's own."""
    return _scene(name, look, thing, noise).copy()


@lru_cache(maxsize=40)
def _scene(name: str, look: int, thing: bool, noise: float) -> Pixels:  # noqa: FBT001 - from above
    chance = np.random.default_rng(SCENES.index(name) + 1)
    picture = _ground(chance)
    for _ in range(26):
        x, y = int(chance.integers(0, WIDTH)), int(chance.integers(0, HEIGHT))
        width, height = (int(size) for size in chance.integers(20, 130, 2))
        colour = tuple(int(part) for part in chance.integers(30, 220, 3))
        cv2.rectangle(picture, (x, y), (x + width, y + height), colour, -1)
        rim = tuple(int(part * 0.6) for part in colour)
        cv2.rectangle(picture, (x, y), (x + width, y + height), rim, 2)
    for _ in range(14):
        ends = [(int(x), int(y)) for x, y in chance.integers(0, (WIDTH, HEIGHT), (2, 2))]
        cv2.line(picture, ends[0], ends[1], (200, 205, 210), 3)
    # The place itself is plain ground: what stands there later is seen against it.
    left, top, right, bottom = (int(edge) for edge in PLACE.bounds)
    picture[top - 10 : bottom + 10, left - 10 : right + 10] = _ground(chance)[
        top - 10 : bottom + 10, left - 10 : right + 10
    ]
    if thing:
        put(picture, x=left + 22, y=top + 8, size=74)
    picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.8), np.uint8)
    grain = np.random.default_rng(100 + look).normal(0, noise, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def put(picture: Pixels, *, x: int, y: int, size: int) -> None:
    """Put down a bag: dark and light patches."""
    cv2.rectangle(picture, (x, y), (x + size, y + size), (40, 45, 160), -1)
    cv2.rectangle(
        picture, (x + size // 6, y + size // 5), (x + size // 2, y + size), (230,) * 3, -1
    )
    cv2.circle(picture, (x + 2 * size // 3, y + size // 3), size // 5, (20, 20, 25), -1)


def evidence(picture: Pixels, name: str) -> Evidence:
    return Evidence(sha256=name, plate=Plate(picture))


def jpeg(picture: Pixels, quality: int = 92) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def png(picture: Pixels) -> bytes:
    return cv2.imencode(".png", picture)[1].tobytes()


def _ground(chance: np.random.Generator) -> Pixels:
    ground = np.full((HEIGHT, WIDTH), 105, np.float32)
    for size, strength in ((12, 12), (48, 10), (180, 8)):
        small = chance.normal(0, strength, (size * HEIGHT // WIDTH + 1, size)).astype(np.float32)
        ground += cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    ground += cv2.GaussianBlur(
        chance.normal(0, 14, (HEIGHT, WIDTH)).astype(np.float32), (0, 0), 1.2
    )
    tinted = np.stack([ground * 0.95, ground, ground * 1.03], axis=2)
    return np.clip(tinted, 0, 255).astype(np.uint8)


def gain(factor: float) -> Fault:
    return lambda picture: np.clip(picture.astype(np.float32) * factor, 0, 255).astype(np.uint8)


def noisy(sigma: float) -> Fault:
    chance = np.random.default_rng(5)
    return lambda picture: np.clip(picture + chance.normal(0, sigma, picture.shape), 0, 255).astype(
        np.uint8
    )


def dark(picture: Pixels) -> Pixels:
    return noisy(4)(gain(0.06)(picture))


def infrared(picture: Pixels) -> Pixels:
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32) / 255
    lit = (255 * grey**0.7).astype(np.uint8)
    return noisy(5)(np.repeat(lit[..., None], 3, axis=2))


def blurred(sigma: float) -> Fault:
    return lambda picture: np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


def shifted(across: int, down: int = 0, *, degrees: float = 0.0) -> Fault:
    def fault(picture: Pixels) -> Pixels:
        matrix = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, 1.0)
        matrix[:, 2] += (across, down)
        size = (picture.shape[1], picture.shape[0])
        return np.asarray(
            cv2.warpAffine(picture, matrix, size, borderMode=cv2.BORDER_REPLICATE), np.uint8
        )

    return fault


def shade(picture: Pixels) -> Pixels:
    shaded = picture.astype(np.float32)
    shaded[:, 250:480] *= 0.5
    return shaded.astype(np.uint8)


def board(share: float) -> Fault:
    def fault(picture: Pixels) -> Pixels:
        covered = picture.copy()
        covered[:, : int(WIDTH * share)] = (95, 105, 120)
        return noisy(2)(covered)

    return fault


def compressed(quality: int) -> Fault:
    def fault(picture: Pixels) -> Pixels:
        data = np.frombuffer(jpeg(picture, quality), np.uint8)
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)

    return fault
