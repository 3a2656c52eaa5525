"""People, units and places in full, as an administrator sees them."""

from api.schemas.administration import AdministrationOut, PlaceFullOut, StaffOut, UnitFullOut
from api.views.views import Views


def everything(views: Views) -> AdministrationOut:
    """Return everything an administrator changes, each by code."""
    store, site = views.store, views.site
    staff, units, places = (
        store.people.edited(site),
        store.people.edited_units(site),
        (store.sites.edited(site)),
    )
    logins = store.people.logins(site)
    return AdministrationOut(
        people=[
            StaffOut(
                code=one.code,
                name=one.name,
                unit=one.unit,
                roles=sorted(one.roles),
                phone=one.phone,
                active=one.active,
                login=logins.get(one.code),
                edited=one.code in staff,
            )
            for one in store.people.all(site)
        ],
        units=[
            UnitFullOut(
                code=one.code,
                name=one.name,
                kind=one.kind,
                retired=one.retired,
                edited=one.code in units,
            )
            for one in store.people.units(site)
        ],
        places=[
            PlaceFullOut(
                code=one.code,
                name=one.name,
                parent=one.parent,
                retired=one.retired,
                edited=one.code in places,
            )
            for one in store.sites.places(site)
        ],
    )
