"""The shipped policy of reviews is sound, and what a policy cannot mean is refused."""

import pytest

from core.catalogue.catalogue_file import default_catalogue
from core.errors import BadPolicy
from core.escalation.policy_file import default_policy, parse_policy
from core.facts.policy import Verification


def _parsed(table: str) -> Verification:
    text = f"version = 1\n{table}"
    return parse_policy(text, where="policy.toml", fallback=default_policy()).verification


def test_every_category_that_is_checked_is_in_the_catalogue() -> None:
    assert default_policy().verification.categories
    assert default_policy().verification.categories <= default_catalogue().keys()


def test_what_is_left_out_is_as_shipped_and_what_is_said_holds() -> None:
    assert _parsed("") == default_policy().verification
    assert _parsed("[verification]\nsample_percent = 100\nkeep_days = 7") == Verification(
        sample_percent=100, keep_days=7
    )


@pytest.mark.parametrize(
    "line", ["sample_percent = 101", "days_before = 2", "keep_days = 0", "sample = 5"]
)
def test_what_cannot_be_meant_is_refused(line: str) -> None:
    with pytest.raises(BadPolicy, match="verification"):
        _parsed(f"[verification]\n{line}")
