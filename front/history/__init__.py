"""Two months of the demonstration's office, lived through by its own services before it opens.

No row is put in by hand: people tell, the desk accepts, time passes, ladders climb, owners follow
up or forget to, customers praise and complain, the director closes the months. The same seed and
the same last day give the same history.
"""

import tomllib
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from core.facts.device import SiteCode
from core.store.database import Database
from front.history import answering
from front.history.days import decisions, evening, month_ends, move_in, opinion, recordings
from front.history.duties import WEEK, goes_away, take_up, write_weeks
from front.history.happening import happens
from front.history.office import Office
from front.history.reviewing import go_through, share_out
from front.history.troubles import power_cut, thunder

DAYS = 61
_MONDAY = 0
#: So many days before the last the lightning struck, and a riser was dark.
_THUNDER, _CUT = 9, 4
_SAID = Path(__file__).with_name("said.toml")
#: When time alone is asked for what it sets off: days end, people are asked, the evening is over.
_TICKS = (time(0, 0), time(9, 0), time(18, 0), time(23, 0))


def told(database: Database, *, site: SiteCode) -> bool:
    """Whether anything ever happened at this site."""
    with database.read() as store:
        return store.journal.last_at(site) is not None


def tell(database: Database, *, site: SiteCode, until: datetime, seed: int = 20) -> int:
    """Live through the two months that end at ``until``; return how many problems were told."""
    office = _office(database, site, seed)
    begins = until.astimezone(office.zone).date() - timedelta(days=DAYS)
    office.later(_moment(office, begins, time(7, 30)), partial(move_in, office))
    _plan_duties(office, begins)
    for n in range(DAYS + 1):
        _plan(office, begins + timedelta(days=n))
    last = begins + timedelta(days=DAYS)
    thunders = _moment(office, last - timedelta(days=_THUNDER), time(15, 20))
    office.later(thunders, partial(thunder, office))
    dark = _moment(office, last - timedelta(days=_CUT), time(10, 5))
    office.later(dark, partial(power_cut, office))
    office.live(until)
    return office.told


def _office(database: Database, site: SiteCode, seed: int) -> Office:
    with database.read() as store:
        zone = store.sites.zone(site)
        people = [one for one in store.people.all(site) if one.active]
        places = [one.code for one in store.sites.places(site)]
    return Office(
        database=database,
        site=site,
        zone=zone,
        people=people,
        homes=[code for code in places if "-f" in code],
        outside=[code for code in places if "-f" not in code and str(code) != str(site)],
        said=tomllib.loads(_SAID.read_text("utf-8")),
        dice=Random(seed),  # noqa: S311 - a play, no secret
    )


def _plan_duties(office: Office, begins: date) -> None:
    """Write each week's roster on its first day, the last one for two more weeks."""
    office.later(_moment(office, begins, time(7, 35)), partial(take_up, office))
    office.later(_moment(office, begins, time(7, 45)), partial(share_out, office))
    last = DAYS // WEEK
    for week in range(last + 1):
        days = 3 * WEEK if week == last else WEEK
        at = _moment(office, begins + timedelta(days=week * WEEK), time(7, 40))
        office.later(at, partial(write_weeks, office, days=days))
        if week:
            office.later(at + timedelta(minutes=90), partial(go_through, office))
    for day in (20, DAYS - 1):
        office.later(
            _moment(office, begins + timedelta(days=day), time(7, 50)), partial(goes_away, office)
        )


def _plan(office: Office, day: date) -> None:
    dice = office.dice
    for hour in _TICKS:
        at = _moment(office, day, hour)
        office.later(at, None)
        office.later(at + answering.SOON, partial(answering.answer, office))
    office.later(_moment(office, day, time(8, 20)), partial(answering.read_notices, office))
    for _ in range(dice.choice((3, 4, 5, 6, 7))):
        at = _moment(office, day, time(dice.randint(7, 21), dice.randint(0, 59)))
        office.later(at, partial(happens, office))
    office.later(_moment(office, day, time(20, 30)), partial(evening, office))
    office.later(_moment(office, day, time(21, 30)), partial(recordings, office))
    if dice.random() < 0.3:
        at = _moment(office, day, time(16, dice.randint(0, 59)))
        office.later(at, partial(opinion, office))
    if day.weekday() == _MONDAY:
        office.later(_moment(office, day, time(9, 30)), partial(decisions, office))
    if day.day == 2:
        office.later(_moment(office, day, time(10, 0)), partial(month_ends, office))


def _moment(office: Office, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=office.zone)
