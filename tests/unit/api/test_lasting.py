"""What lasts is set aside: the collector walks it no more, and still finds what comes later."""

import gc
import weakref

from api import lasting


class _Ring:
    """Something only the collector can end."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_there_is_walked_no_more_and_what_comes_later_is() -> None:
    lasting.set_aside()
    try:
        assert gc.get_freeze_count() > len(gc.get_objects())
        later = weakref.ref(_Ring())
        gc.collect()
        assert later() is None
    finally:
        gc.unfreeze()
