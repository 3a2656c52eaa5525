"""What overlapping parts of a picture saw twice is outlined once, the largest first."""

from gateway.cctv.verdict import Spot, apart


def a_spot(x: int, y: int, side: int) -> Spot:
    return Spot(x=x, y=y, width=side, height=side, unlike=0.7)


def test_a_spot_whose_middle_lies_in_a_larger_one_is_left_out() -> None:
    heap, seen_again, bag = a_spot(0, 0, 100), a_spot(40, 40, 90), a_spot(300, 0, 10)

    assert apart([bag, seen_again, heap]) == (heap, bag)


def test_neighbours_that_only_touch_both_stay() -> None:
    left, right = a_spot(0, 0, 50), a_spot(45, 0, 50)

    assert set(apart([left, right])) == {left, right}
