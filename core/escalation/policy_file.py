"""policy.toml → Policy. What a policy cannot mean is refused, with the key and the reason."""

from dataclasses import fields
from importlib import resources

from core.errors import BadPolicy
from core.escalation import toml_text
from core.escalation.policy_form import Document
from core.facts.issue import Urgency
from core.facts.policy import Policy


def parse_policy(text: str, *, where: str, fallback: Policy | None = None) -> Policy:
    """Read a policy.

    :param where: the file's name, for the messages.
    :param fallback: answers for each ladder and each other table that the text has not; but
        ``[clock]`` left out always means the scheme's own way of counting days.
    :raises BadPolicy: with one line for each mistake: where, which key, and why.
    """
    said = toml_text.read(text, Document, where=where)
    before = {one.name: getattr(fallback, one.name) for one in fields(Policy)} if fallback else {}
    ladders = before.get("ladders", {}) | said.ladder.rungs()
    found = before | said.facts() | {"ladders": ladders}
    missing = [f"ladder.{urgency}" for urgency in Urgency if urgency not in ladders]
    missing += ["monitoring"] * ("monitoring" not in found)
    missing += ["followup"] * ("followup_hour" not in found)
    if missing:
        raise BadPolicy("\n".join(f"{where}: {key}: is missing" for key in missing))
    return Policy(**found)


def default_policy() -> Policy:
    """Return the scheme as the product ships it, ``core/policy.toml``."""
    return parse_policy(default_text(), where="core/policy.toml")


def default_text() -> str:
    """Return the shipped policy as it is written."""
    return resources.files("core").joinpath("policy.toml").read_text(encoding="utf-8")
