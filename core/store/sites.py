"""Sites, the tree of their places, and the devices that hang there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import DeviceCode, SiteCode, System
from core.facts.place import Device, Place, PlaceCode, Site
from core.store import tables
from core.store.upsert import upsert

_site, _place, _device = tables.site, tables.place, tables.device


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A device, and when it last gave a sign of life."""

    device: Device
    last_heard_at: datetime | None
    silent_since: datetime | None


class Sites:
    """Every SQL statement about a site, a place or a device."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def seed(self, site: Site) -> None:
        """Write what the wiring says; run twice it changes nothing.

        What it omits stays, and so does what the office has edited itself.
        """
        kept = self.edited(site.code)
        upsert(self._connection, _site, [{"code": site.code, "name": site.name, "zone": site.zone}])
        upsert(
            self._connection,
            _place,
            [
                _place_row(site.code, place, edited=False)
                for place in site.places.values()
                if place.code not in kept
            ],
        )
        upsert(
            self._connection, _device, [_device_row(site.code, d) for d in site.devices.values()]
        )

    def edit(self, site: SiteCode, places: Collection[Place]) -> None:
        """Write places as the office will have them; the site file no longer does."""
        upsert(self._connection, _place, [_place_row(site, place, edited=True) for place in places])

    def edited(self, site: SiteCode) -> frozenset[PlaceCode]:
        """Return the places that the office has edited itself."""
        query = sa.select(_place.c.code).where(_place.c.site == site, _place.c.edited)
        return frozenset(PlaceCode(code) for code in self._connection.scalars(query))

    def codes(self) -> list[SiteCode]:
        """Return all sites, by code."""
        query = sa.select(_site.c.code).order_by(_site.c.code)
        return [SiteCode(code) for code in self._connection.scalars(query)]

    def find(self, site: SiteCode) -> Site:
        """Return a site's name and zone, without its places and devices.

        :raises NotFound: no such site.
        """
        row = self._connection.execute(sa.select(_site).where(_site.c.code == site)).first()
        if row is None:
            raise NotFound(f"site {site!r} is not known here")
        return Site(code=SiteCode(row.code), name=row.name, zone=row.zone)

    def zone(self, site: SiteCode) -> ZoneInfo:
        """Return the zone by which the site's days end.

        :raises NotFound: no such site.
        """
        return _zone(self.find(site).zone)

    def places(self, site: SiteCode) -> list[Place]:
        """Return all places, by code."""
        rows = self._connection.execute(
            sa.select(_place).where(_place.c.site == site).order_by(_place.c.code)
        ).all()
        return [
            Place(
                code=PlaceCode(row.code),
                name=row.name,
                parent=PlaceCode(row.parent) if row.parent is not None else None,
                retired=row.retired,
            )
            for row in rows
        ]

    def place(self, site: SiteCode, code: PlaceCode) -> Place:
        """Return one place.

        :raises NotFound: no such place at this site.
        """
        row = self._connection.execute(
            sa.select(_place).where(_place.c.site == site, _place.c.code == code)
        ).first()
        if row is None:
            raise NotFound(f"place {code!r} is not known here")
        return Place(code=code, name=row.name, parent=row.parent, retired=row.retired)

    def devices(self, site: SiteCode) -> list[Heard]:
        """Return all devices, by code."""
        rows = self._connection.execute(
            sa.select(_device).where(_device.c.site == site).order_by(_device.c.code)
        ).mappings()
        return [_heard(row) for row in rows]

    def device(self, site: SiteCode, code: DeviceCode) -> Heard | None:
        """Return one device, if the site has it."""
        row = (
            self._connection.execute(
                sa.select(_device).where(_device.c.site == site, _device.c.code == code)
            )
            .mappings()
            .first()
        )
        return _heard(row) if row is not None else None

    def places_of(
        self, site: SiteCode, devices: Collection[DeviceCode]
    ) -> dict[DeviceCode, PlaceCode]:
        """Return where these devices hang; what is not wired here is left out."""
        rows = self._connection.execute(
            sa.select(_device.c.code, _device.c.place).where(
                _device.c.site == site,
                _device.c.code.in_(sorted(devices)),
                _device.c.place.is_not(None),
            )
        )
        return {DeviceCode(row[0]): PlaceCode(row[1]) for row in rows}

    def leaves(self, site: SiteCode, places: Collection[PlaceCode]) -> set[PlaceCode]:
        """Return which of these have no places below them: a flat, a room, a shop."""
        if not places:
            return set()
        above = self._connection.scalars(
            sa.select(_place.c.parent).where(
                _place.c.site == site, _place.c.parent.in_(sorted(places))
            )
        )
        return set(places) - {PlaceCode(code) for code in above}

    def parents(self, site: SiteCode) -> dict[DeviceCode, DeviceCode]:
        """Return what feeds each device, where the wiring says so."""
        query = sa.select(_device.c.code, _device.c.parent).where(
            _device.c.site == site, _device.c.parent.is_not(None)
        )
        return {DeviceCode(row[0]): DeviceCode(row[1]) for row in self._connection.execute(query)}

    def cameras(self, site: SiteCode) -> list[Device]:
        """Return the cameras that cover some place, by code."""
        rows = self._connection.execute(
            sa.select(_device)
            .where(_device.c.site == site, _device.c.system == System.CCTV.value)
            .order_by(_device.c.code)
        ).mappings()
        return [camera for row in rows if (camera := _heard(row).device).covers]

    def known_places(self, site: SiteCode, codes: Collection[str]) -> frozenset[str]:
        """Return which of these are places of the site."""
        if not codes:
            return frozenset()
        query = sa.select(_place.c.code).where(
            _place.c.site == site, _place.c.code.in_(sorted(codes))
        )
        return frozenset(self._connection.scalars(query))

    def heard(self, site: SiteCode, devices: Mapping[DeviceCode, datetime]) -> None:
        """Note when devices last gave a sign of life; an older sign changes nothing."""
        if devices:
            self._connection.execute(
                sa.update(_device)
                .where(
                    _device.c.site == site,
                    _device.c.code == sa.bindparam("of"),
                    sa.or_(
                        _device.c.last_heard_at.is_(None),
                        _device.c.last_heard_at < sa.bindparam("at"),
                    ),
                )
                .values(last_heard_at=sa.bindparam("at"), silent_since=None),
                [{"of": code, "at": at} for code, at in sorted(devices.items())],
            )

    def silent(self, site: SiteCode, devices: Mapping[DeviceCode, datetime]) -> None:
        """Note since when devices are silent."""
        if devices:
            self._connection.execute(
                sa.update(_device)
                .where(_device.c.site == site, _device.c.code == sa.bindparam("of"))
                .values(silent_since=sa.bindparam("since")),
                [{"of": code, "since": since} for code, since in sorted(devices.items())],
            )


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _place_row(site: SiteCode, place: Place, *, edited: bool) -> dict[str, Any]:
    return {
        "site": site,
        "code": place.code,
        "name": place.name,
        "parent": place.parent,
        "retired": place.retired,
        "edited": edited,
    }


def _device_row(site: SiteCode, device: Device) -> dict[str, Any]:
    return {
        "site": site,
        "code": device.code,
        "system": device.system.value,
        "name": device.name,
        "profile": device.profile,
        "address": device.address,
        "place": device.place,
        "silent_after": device.silent_after,
        "parent": device.parent,
        "covers": list(device.covers),
        "keep_days": device.keep_days,
        "regions": {place: list(corners) for place, corners in device.regions.items()},
    }


def _heard(row: Mapping[Any, Any]) -> Heard:
    return Heard(
        device=Device(
            code=DeviceCode(row["code"]),
            system=System(row["system"]),
            name=row["name"],
            profile=row["profile"],
            address=row["address"],
            place=PlaceCode(row["place"]),
            silent_after=row["silent_after"],
            parent=DeviceCode(row["parent"]) if row["parent"] is not None else None,
            covers=tuple(PlaceCode(code) for code in row["covers"]),
            keep_days=row["keep_days"],
            regions={
                PlaceCode(place): tuple((x, y) for x, y in corners)
                for place, corners in row["regions"].items()
            },
        ),
        last_heard_at=row["last_heard_at"],
        silent_since=row["silent_since"],
    )
