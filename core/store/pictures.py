"""Pictures: what is asked of cameras, what came, and which bytes lie in the store of pictures."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import DeviceCode, SiteCode
from core.facts.evidence import Asked, Label, Origin, Picture, PictureFile, PictureState
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.facts.report import ReportNumber
from core.store import tables
from core.store.upsert import upsert

_t, _file = tables.picture, tables.picture_file
_WANTED: sa.ColumnElement[str] = sa.literal_column("'wanted'")


class Pictures:
    """Every SQL statement about a picture."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    # --- what is asked --------------------------------------------------------------------------

    def ask(
        self, site: SiteCode, asked: Sequence[Asked], *, now: datetime, give_up_at: datetime
    ) -> None:
        """Ask for pictures; unanswered at ``give_up_at``, they are looked at again."""
        rows = [
            {
                "site": site,
                "issue": one.issue,
                "report": one.report,
                "camera": one.camera,
                "label": one.label.value,
                "moment": one.moment,
                "asked_at": now,
                "state": PictureState.WANTED.value,
                "since": now,
                "look_at": give_up_at,
            }
            for one in asked
        ]
        if rows:
            self._connection.execute(sa.insert(_t), rows)

    def cameras_asked(
        self, site: SiteCode, reports: Collection[ReportNumber]
    ) -> frozenset[tuple[ReportNumber, DeviceCode]]:
        """Return which cameras were asked already for which of these reports."""
        rows = self._connection.execute(
            sa.select(_t.c.report, _t.c.camera)
            .where(_t.c.site == site, _t.c.report.in_(sorted(reports)))
            .distinct()
        )
        return frozenset((ReportNumber(one.report), DeviceCode(one.camera)) for one in rows)

    def wanted(self, site: SiteCode, *, now: datetime, limit: int) -> list[Picture]:
        """Return the pictures to be taken whose moment has come, the earliest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.state == _WANTED, _t.c.moment <= now)
            .order_by(_t.c.moment, _t.c.id)
            .limit(limit)
        )

    # --- how they stand -------------------------------------------------------------------------

    def find(self, site: SiteCode, number: int) -> Picture | None:
        """Return one picture of a site."""
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.id == number))
        return found[0] if found else None

    def of_issues(
        self, site: SiteCode, issues: Collection[IssueNumber]
    ) -> dict[IssueNumber, list[Picture]]:
        """Return the pictures of several issues, each in the order in which they were asked for."""
        pictures: dict[IssueNumber, list[Picture]] = {}
        for one in self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.issue.in_(sorted(issues)))
            .order_by(_t.c.issue, _t.c.id)
        ):
            pictures.setdefault(one.issue, []).append(one)
        return pictures

    def of_sha256(self, site: SiteCode, sha256: str) -> list[Picture]:
        """Return all pictures with these bytes."""
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.sha256 == sha256).order_by(_t.c.id)
        )

    def here(self, site: SiteCode) -> list[Picture]:
        """Return every picture whose bytes must be there."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.state == PictureState.HERE.value)
            .order_by(_t.c.id)
        )

    def add(self, site: SiteCode, **values: Any) -> Picture:
        """Insert a picture that nobody asked a camera for: drawn, or added by a person."""
        row = self._connection.execute(
            sa.insert(_t).values(site=site, **values).returning(_t)
        ).mappings()
        return _picture(row.one())

    def change(self, picture: Picture, **values: Any) -> Picture:
        """Set columns of a picture and return it as it then stands."""
        row = self._connection.execute(
            sa.update(_t).where(_t.c.id == picture.id).values(**values).returning(_t)
        ).mappings()
        return _picture(row.one())

    def sites_to_look_at(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which a picture, or mere bytes, are to be given up or deleted."""
        sites: set[str] = set()
        for table in (_t, _file):
            due = (table.c.look_at.is_not(None), table.c.look_at <= now)
            sites.update(self._connection.scalars(sa.select(table.c.site).where(*due).distinct()))
        return [SiteCode(code) for code in sorted(sites)]

    def to_look_at(self, site: SiteCode, now: datetime, *, limit: int) -> list[Picture]:
        """Return pictures that are to be given up or deleted, the longest due first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.look_at.is_not(None), _t.c.look_at <= now)
            .order_by(_t.c.look_at, _t.c.id)
            .limit(limit)
        )

    def put_off(self, site: SiteCode, now: datetime, *, until: datetime) -> None:
        """Look at everything that is due only at ``until``."""
        for table in (_t, _file):
            self._connection.execute(
                sa.update(table)
                .where(table.c.site == site, table.c.look_at.is_not(None), table.c.look_at <= now)
                .values(look_at=until)
            )

    # --- bytes ----------------------------------------------------------------------------------

    def file(self, site: SiteCode, sha256: str) -> PictureFile | None:
        """Return what is known of a picture's bytes; None: they have not come, or are deleted."""
        row = self._connection.execute(
            sa.select(_file).where(_file.c.site == site, _file.c.sha256 == sha256)
        ).first()
        return _picture_file(row) if row is not None else None

    def add_file(self, site: SiteCode, file: PictureFile, *, look_at: datetime) -> None:
        """Note that bytes lie in the store; by ``look_at`` a picture should speak of them."""
        row = {
            "site": site,
            "sha256": file.sha256,
            "bytes": file.bytes,
            "media_type": file.media_type,
            "received_at": file.received_at,
            "gateway": file.gateway,
            "look_at": look_at,
        }
        upsert(self._connection, _file, [row], update=())

    def change_file(self, site: SiteCode, sha256: str, **values: Any) -> None:
        """Set columns of a picture's bytes."""
        self._connection.execute(
            sa.update(_file).where(_file.c.site == site, _file.c.sha256 == sha256).values(**values)
        )

    def files_to_look_at(self, site: SiteCode, now: datetime, *, limit: int) -> list[str]:
        """Return the hashes of bytes that no picture has spoken of in time."""
        query = (
            sa.select(_file.c.sha256)
            .where(_file.c.site == site, _file.c.look_at.is_not(None), _file.c.look_at <= now)
            .order_by(_file.c.look_at, _file.c.sha256)
        )
        return list(self._connection.scalars(query.limit(limit)))

    def drop_file(self, site: SiteCode, sha256: str) -> None:
        """Note that a picture's bytes are gone."""
        self._connection.execute(
            sa.delete(_file).where(_file.c.site == site, _file.c.sha256 == sha256)
        )

    def _found(self, query: sa.Select[Any]) -> list[Picture]:
        return [_picture(row) for row in self._connection.execute(query).mappings()]


def _picture_file(row: sa.Row[Any]) -> PictureFile:
    return PictureFile(
        sha256=row.sha256,
        bytes=row.bytes,
        media_type=row.media_type,
        received_at=row.received_at,
        gateway=row.gateway,
    )


def _picture(row: Mapping[Any, Any]) -> Picture:
    return Picture(
        site=SiteCode(row["site"]),
        id=row["id"],
        issue=IssueNumber(row["issue"]),
        report=ReportNumber(row["report"]) if row["report"] is not None else None,
        camera=DeviceCode(row["camera"]),
        label=Label(row["label"]),
        moment=row["moment"],
        asked_at=row["asked_at"],
        state=PictureState(row["state"]),
        since=row["since"],
        sha256=row["sha256"],
        reason=row["reason"],
        taken_at=row["taken_at"],
        offset_seconds=row["offset_seconds"],
        width=row["width"],
        height=row["height"],
        media_type=row["media_type"],
        bytes=row["bytes"],
        masked=row["masked"],
        by=PersonCode(row["by"]) if row["by"] is not None else None,
        origin=Origin(row["origin"]) if row["origin"] is not None else None,
        taken_with=row["taken_with"],
        place=PlaceCode(row["place"]) if row["place"] is not None else None,
        received=row["received"],
    )
