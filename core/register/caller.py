"""The caller, checked against the site and written down."""

from core.errors import Incomplete, NotReadable
from core.facts.device import SiteCode
from core.facts.issue import Caller, CallerKind
from core.store.store import Store


def check(store: Store, site: SiteCode, caller: Caller) -> None:
    """Refuse a caller whose person or place this site does not know.

    :raises NotFound: unknown. :raises Incomplete: a customer without any name or number.
    :raises NotReadable: tied to a customer, though he called as something else.
    """
    if caller.person is not None:
        store.people.find(site, caller.person)
    if caller.place is not None:
        store.sites.place(site, caller.place)
    if caller.customer is not None:
        store.customers.find(site, caller.customer)
        if caller.kind is not CallerKind.CUSTOMER:
            raise NotReadable("who is tied to a customer called as a customer")
    if caller.kind is CallerKind.CUSTOMER and not (caller.name or caller.phone or caller.customer):
        raise Incomplete("a customer has a name or a telephone number; else he is unknown")


def said(caller: Caller) -> dict[str, str | None]:
    """Return the caller as an entry keeps him."""
    return {
        "caller_person": caller.person,
        "caller_name": caller.name,
        "caller_phone": caller.phone,
        "caller_place": caller.place,
        "customer": caller.customer,
    }


def columns(caller: Caller) -> dict[str, str | None]:
    """Return the caller as the register keeps him."""
    return {"caller_kind": caller.kind.value, **said(caller)}
