"""Wall displays as the API answers them: no name of a person is among it."""

from api.lateness import Late
from api.schemas.wall import WallClass, WallGrantOut, WallOut, WallRow
from api.views.views import Views
from core.facts.report import ReportClass
from core.facts.wall import Wall
from core.monitoring import walls
from core.monitoring.walls import Standing


def grant_out(views: Views, wall: Wall) -> WallGrantOut:
    """Return a display as leaders see it."""
    return WallGrantOut(
        number=wall.number,
        name=wall.name,
        granted_at=wall.granted_at,
        granted_by=views.names.person(wall.granted_by),
        revoked_at=wall.revoked_at,
        revoked_by=views.names.some_person(wall.revoked_by),
    )


def wall_out(views: Views, *, late: Late, speed: float) -> WallOut:
    """Return what a display shows: life safety first, then counts."""
    site = views.store.sites.find(views.site)
    standing = walls.standing(views.store, site=views.site)
    storms = views.store.storms.standing(views.site)
    return WallOut(
        site=site.name,
        zone=site.zone,
        now=views.now,
        speed=speed,
        life_safety=_life(standing, views),
        classes=[_class(cls, standing, views) for cls in ReportClass],
        forwarded=standing.forwarded,
        storms=len(storms),
        storm_events=sum(storm.events - storm.ticked for storm in storms),
        silent_devices=standing.silent,
        auditor_late=late.auditor,
        gateways_late=late.gateways,
    )


def _life(standing: Standing, views: Views) -> list[WallRow]:
    return [
        WallRow(
            report=report.number,
            event_type=report.event_type,
            path=place.path if (place := views.names.place(report.place)) is not None else [],
            received_at=report.received_at,
            taken=report.holder(views.now) is not None,
        )
        for report in standing.waiting
        if report.cls is ReportClass.LIFE_SAFETY
    ]


def _class(cls: ReportClass, standing: Standing, views: Views) -> WallClass:
    waiting = [report for report in standing.waiting if report.cls is cls]
    return WallClass(
        cls=cls,
        waiting=len(waiting),
        untaken=sum(report.holder(views.now) is None for report in waiting),
        oldest_at=min((report.received_at for report in waiting), default=None),
    )
