"""What lives as long as the gateway must not stop it."""

import gc

from gateway import lasting


def test_what_was_there_is_not_looked_at_again_and_what_comes_after_is() -> None:
    before = ["a point"]
    try:
        lasting.set_aside()
        after = ["a scan"]
        looked_at = {id(one) for one in gc.get_objects()}
        assert id(before) not in looked_at
        assert id(after) in looked_at
    finally:
        gc.unfreeze()
