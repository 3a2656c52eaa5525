"""Who the first reporter is (首问责任人, ruling under 五.1(1)): pure."""

from core.errors import Incomplete, NotAllowedNow
from core.facts.issue import Caller, CallerKind, Issue
from core.facts.journal import Entry, FirstReporterNamed
from core.facts.people import PersonCode
from core.facts.report import Relay


def first_reporter(
    caller: Caller, *, taken_by: PersonCode, relays: tuple[Relay, ...] = ()
) -> tuple[PersonCode, bool]:
    """Return the owner of the issue, and whether the caller is still to be identified.

    Staff: himself. A customer: the member of staff who took it, the first one of a relay chain.
    A device or a camera alone: the operator who confirms. Unknown: the operator, marked.

    :raises Incomplete: a member of staff who is not named.
    """
    if caller.kind is CallerKind.STAFF:
        if caller.person is None:
            raise Incomplete("a member of staff who calls must be named exactly")
        return caller.person, False
    heard = next((hop.by_person for hop in relays if hop.by_person is not None), None)
    owner = heard if heard is not None and caller.kind is CallerKind.CUSTOMER else taken_by
    return owner, caller.kind is CallerKind.UNKNOWN


def name(
    issue: Issue, caller: Caller, *, taken_by: PersonCode, relays: tuple[Relay, ...]
) -> tuple[PersonCode, bool, tuple[Entry, ...]]:
    """Return the owner, whether he is to be identified, and what to write down the first time.

    :raises Incomplete: a member of staff who is not named.
    :raises NotAllowedNow: another name stands there; that takes a correction with a reason.
    """
    owner, unknown = first_reporter(caller, taken_by=taken_by, relays=relays)
    if issue.owner is None:
        return owner, unknown, (FirstReporterNamed(person=owner, to_be_identified=unknown),)
    if caller.kind is not CallerKind.STAFF and issue.caller and issue.caller.kind is caller.kind:
        return issue.owner, issue.to_be_identified, ()  # another operator goes on with it
    if issue.owner != owner or issue.to_be_identified != unknown:
        raise NotAllowedNow("the first reporter is named; a correction needs a reason")
    return owner, unknown, ()
