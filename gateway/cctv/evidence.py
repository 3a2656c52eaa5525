"""The picture that a reviewer sees: before | after in register | what differs, in plain words."""

import textwrap
from dataclasses import dataclass
from datetime import datetime

import cv2
import numpy as np

from gateway.cctv.align import Alignment, warped
from gateway.cctv.examination import Evidence
from gateway.cctv.picture import Pixels
from gateway.cctv.region import Region
from gateway.cctv.verdict import Band, Judgement, Verdict

#: Width of each of the three panels.
_PANEL = 640
_HEAD, _LINE, _PAD = 34, 26, 12
_PAPER, _INK, _FAINT = (250, 250, 250), (30, 30, 30), (110, 110, 110)
_CHANGED, _REGION = (40, 40, 230), (200, 140, 0)
_QUALITY = 90

_VERDICTS = {
    Verdict.CHANGED: "有变化",
    Verdict.UNCHANGED: "无变化",
    Verdict.GONE: "已消失（处理后更接近整洁参照）",
    Verdict.APPEARED: "新出现（处理前更接近整洁参照）",
    Verdict.TOO_DARK: "太暗，无法判断",
    Verdict.OBSTRUCTED: "画面被遮挡，无法判断",
    Verdict.CAMERA_MOVED: "摄像机已移位，无法判断",
    Verdict.CANNOT_COMPARE: "无法比较",
}
#: What is said besides what was measured; the rest of the reasons say the same as the numbers.
_ALSO = {
    "the whole picture was asked about; a region tells more": "比较的是整个画面，划定区域会更准",
    "the region is so small on this view that a person shall look": "区域在画面中太小，请人工查看",
    "a small part of the region differs": "区域内有一小处不同",
    "neither picture is clearly nearer to the clean reference": "两张都不明显更接近整洁参照",
}
_BANDS = {Band.SURE: "把握大", Band.LOOK: "请人工查看", Band.CANNOT_TELL: "无法判断"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shown:
    """One of the two pictures, as it is named on the sheet."""

    #: The camera, or the file.
    name: str
    picture: Evidence
    #: When it was taken, in the site's civil time; None where nobody knows.
    taken_at: datetime | None = None


def sheet(
    before: Shown,
    after: Shown,
    *,
    judged: Judgement,
    alignment: Alignment,
    region: Region | None = None,
) -> bytes:
    """Return the evidence picture as JPEG: a derived picture that names its originals' hashes."""
    first = before.picture.plate
    second = after.picture.plate
    same = warped(second, alignment, like=first) if alignment.found else second.pixels
    outlined = _outlined(same, judged, region, first.width)
    panels = [_panel(pixels) for pixels in (_framed(first.pixels, region), same, outlined)]
    height = max(panel.shape[0] for panel in panels)
    titles = (
        "处理前 before",
        "处理后 after（已对齐）" if alignment.found else "处理后 after",
        "变化处 changed",
    )
    words = _words(before, after, judged)
    width = _PANEL * 3 + _PAD * 4
    whole = _HEAD + height + _LINE * len(words) + 2 * _PAD
    canvas = np.full((whole, width, 3), _PAPER, np.uint8)
    for place, (title, panel) in enumerate(zip(titles, panels, strict=True)):
        left = _PAD + place * (_PANEL + _PAD)
        _write(canvas, title, left, _HEAD - 10, _INK)
        canvas[_HEAD : _HEAD + panel.shape[0], left : left + _PANEL] = panel
    for number, (text, colour) in enumerate(words):
        _write(canvas, text, _PAD, _HEAD + height + _LINE * (number + 1), colour)
    good, data = cv2.imencode(".jpg", canvas, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    assert good  # a canvas of our own can be encoded
    return data.tobytes()


def _words(
    before: Shown, after: Shown, judged: Judgement
) -> list[tuple[str, tuple[int, int, int]]]:
    numbers = f"score {judged.score:.3f}, confidence {judged.confidence:.3f}"
    said = f"结论：{_VERDICTS[judged.verdict]}　{_BANDS[judged.band]}（{numbers}）"
    lines = [(said, _INK)]
    lines += [(f"理由：{reason}", _INK) for reason in in_chinese(judged)]
    for name, shown in (("处理前", before), ("处理后", after)):
        when = (
            shown.taken_at.isoformat(sep=" ", timespec="seconds") if shown.taken_at else "时间不详"
        )
        lines.append((f"{name}：{shown.name}　{when}　SHA-256 {shown.picture.sha256}", _FAINT))
    return [(part, colour) for text, colour in lines for part in textwrap.wrap(text, 120)]


def in_chinese(judged: Judgement) -> list[str]:
    """Return the measured reasons as a reviewer reads them."""
    said = []
    if judged.differs is not None:
        said.append(f"区域内 {judged.differs:.0%} 有差异")
    if judged.light is not None and abs(judged.light - 1) >= 0.1:
        way = "增强" if judged.light > 1 else "减弱"
        said.append(f"光线{way} {abs(judged.light - 1):.0%}")
    if judged.shift_px is not None and judged.shift_px >= 1:
        said.append(f"画面偏移 {judged.shift_px:.0f} 像素，已对齐")
    said += [_ALSO[reason] for reason in judged.reasons if reason in _ALSO]
    return said or list(judged.reasons)


def _framed(pixels: Pixels, region: Region | None) -> Pixels:
    drawn = pixels.copy()
    if region is not None:
        thickness = max(round(pixels.shape[1] / 400), 1)
        corners = np.round(region.points).astype(np.int32)
        cv2.polylines(drawn, [corners], isClosed=True, color=_REGION, thickness=thickness)
    return drawn


def _outlined(pixels: Pixels, judged: Judgement, region: Region | None, width: int) -> Pixels:
    drawn = _framed(pixels, region)
    thickness = max(round(width / 400), 1)
    for spot in judged.spots:
        corner = (spot.x + spot.width, spot.y + spot.height)
        cv2.rectangle(drawn, (spot.x, spot.y), corner, _CHANGED, thickness)
    return drawn


def _panel(pixels: Pixels) -> Pixels:
    height = round(pixels.shape[0] * _PANEL / pixels.shape[1])
    way = cv2.INTER_AREA if pixels.shape[1] > _PANEL else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, (_PANEL, height), interpolation=way), np.uint8)


def _write(
    canvas: Pixels, text: str, left: int, baseline: int, colour: tuple[int, int, int]
) -> None:
    """Write with the font that OpenCV brings along; it has Chinese."""
    cv2.putText(canvas, text, (left, baseline), colour, cv2.FontFace("uni"), 18, 400)
