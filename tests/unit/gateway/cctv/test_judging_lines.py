"""What ``shouwen compare`` and ``shouwen camera-check`` print."""

import csv
import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from gateway import judging
from gateway.adapter import Unreadable
from gateway.cctv.opinion import Sides, opinion
from gateway.cctv.picture import Decoder
from gateway.judging import BadTable
from tests.unit.gateway.cctv import scenes

PLACE = " ".join(f"{x:g},{y:g}" for x, y in scenes.PLACE.corners)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pictures")
    (made / "littered.jpg").write_bytes(scenes.jpeg(scenes.scene("yard", thing=True)))
    (made / "clean.jpg").write_bytes(scenes.jpeg(scenes.scene("yard", look=1)))
    (made / "reference.png").write_bytes(scenes.png(scenes.scene("yard", look=2)))
    (made / "page.jpg").write_bytes(b"<html>log in</html>")
    return made


def test_a_pair_says_verdict_score_confidence_band_and_reasons(folder: Path) -> None:
    answer = judging.compare(
        folder / "littered.jpg",
        folder / "clean.jpg",
        reference=folder / "reference.png",
        region=PLACE,
    )
    said = json.loads(answer.text)
    assert answer.good
    assert said["verdict"] == "gone"
    assert said["band"] == "sure"
    assert 0.9 < said["score"] <= 1
    assert 0.9 < said["confidence"] <= 1
    assert any("differs" in reason for reason in said["reasons"])
    assert said["spots"]
    assert len(said["before_sha256"]) == 64
    assert "\n" not in answer.text


def test_the_evidence_picture_holds_three_panels(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.jpg"
    judging.compare(folder / "littered.jpg", folder / "clean.jpg", region=PLACE, picture=sheet)
    pixels = cv2.imdecode(np.fromfile(sheet, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    height, width = pixels.shape[:2]
    assert width > 3 * 600
    assert height > 360
    red = (pixels[..., 2] > 180) & (pixels[..., 1] < 90) & (pixels[..., 0] < 90)
    columns = np.flatnonzero(red.sum(0) > 5)
    assert columns.min() > width * 2 / 3  # only the third panel outlines the change


def test_a_web_page_instead_of_a_picture_is_a_reason(folder: Path) -> None:
    answer = judging.compare(folder / "page.jpg", folder / "clean.jpg", region=PLACE)
    said = json.loads(answer.text)
    assert not answer.good
    assert said["verdict"] == "cannot_compare"
    assert "web page" in said["reasons"][0]


def test_a_missing_file_is_a_reason(folder: Path) -> None:
    said = json.loads(judging.compare(folder / "none.jpg", folder / "clean.jpg").text)
    assert (said["verdict"], said["band"]) == ("cannot_compare", "cannot_tell")


@pytest.mark.parametrize("region", ["1,2 3,4", "a,b c,d e,f", "1 2 3", "nan,1 2,2 3,3"])
def test_a_region_that_is_none_is_refused(folder: Path, region: str) -> None:
    with pytest.raises(Unreadable):
        judging.compare(folder / "clean.jpg", folder / "clean.jpg", region=region)


def _table(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_table_is_answered_row_by_row_and_one_bad_row_stops_nothing(folder: Path) -> None:
    half = " ".join(f"{x / 2:g},{y / 2:g}" for x, y in scenes.PLACE.corners)
    rows = [
        {"before": before, "after": after, "slot": str(number), "polygon_xy_480x270": half}
        for number, (before, after) in enumerate(
            [
                ("littered.jpg", "clean.jpg"),
                ("page.jpg", "clean.jpg"),
                ("clean.jpg", "reference.png"),
            ]
        )
    ]
    lines = list(judging.compare_table(_table(folder / "pairs.csv", rows)))
    said = [json.loads(line.text) for line in lines]
    assert [one["verdict"] for one in said] == ["changed", "cannot_compare", "unchanged"]
    assert [one["slot"] for one in said] == ["0", "1", "2"]
    assert [line.good for line in lines] == [True, False, True]
    assert "polygon_xy_480x270" not in said[0]


def test_pictures_may_lie_in_before_after_beside_the_table(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "before_after").mkdir()
    for name in ("littered.jpg", "clean.jpg"):
        (tmp_path / "before_after" / name).write_bytes((folder / name).read_bytes())
    row = {"before": "littered.jpg", "after": "clean.jpg", "roi_xywh": "420 300 120 90"}
    (answer,) = judging.compare_table(_table(tmp_path / "pairs.csv", [row]))
    assert json.loads(answer.text)["verdict"] == "changed"


def test_a_table_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="before and after"):
        list(judging.compare_table(_table(tmp_path / "pairs.csv", [{"one": "1"}])))
    with pytest.raises(BadTable):
        list(judging.compare_table(tmp_path / "none.csv"))


def test_cameras_are_checked_one_line_each(folder: Path, tmp_path: Path) -> None:
    dark = tmp_path / "dark.jpg"
    dark.write_bytes(scenes.jpeg(scenes.gain(0.02)(scenes.scene("yard"))))
    again = tmp_path / "again.jpg"
    again.write_bytes((folder / "clean.jpg").read_bytes())
    images = [folder / "clean.jpg", dark, folder / "page.jpg", again]
    lines = list(judging.camera_check(images, references=[folder / "reference.png"]))
    said = [json.loads(line.text) for line in lines]
    assert [one["verdict"] for one in said] == ["ok", "black", "unreadable", "ok"]
    assert said[3]["same_bytes_as"] == str(folder / "clean.jpg")
    assert said[0]["same_bytes_as"] is None


def test_a_reference_that_cannot_be_read_stops_the_check(folder: Path) -> None:
    with pytest.raises(Unreadable):
        list(judging.camera_check([folder / "clean.jpg"], references=[folder / "page.jpg"]))


#: A place as wide as its picture nearly: what lies in it is searched for part by part.
WIDE = ((0.05, 0.1), (0.95, 0.1), (0.95, 0.95), (0.05, 0.95))


def test_the_gateway_and_the_command_line_say_the_same_of_a_wide_region(folder: Path) -> None:
    height, width = scenes.scene("yard").shape[:2]
    region = " ".join(f"{x * width:g},{y * height:g}" for x, y in WIDE)
    before, after = folder / "littered.jpg", folder / "clean.jpg"
    line = json.loads(judging.compare(before, after, region=region).text)
    sides = Sides(camera="yard", before=before.read_bytes(), after=after.read_bytes())
    with Decoder(seconds=60) as decoder:
        said = opinion(sides, region=WIDE, decoder=decoder).said

    assert line["verdict"] == said["verdict"] == "changed"
    assert (line["score"], line["band"]) == (said["score"], said["band"])
    assert any("parts of the region differ" in reason for reason in line["reasons"])
