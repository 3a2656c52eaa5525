"""Each stage reads each site's journal by a cursor of its own."""

from core.facts.device import SiteCode
from tests.office import Office


def test_two_sites_are_followed_apart(office: Office) -> None:
    other = Office(office.database, site=SiteCode("harbour"))
    office.press()
    with office.database.begin() as store:
        store.cursors.read(office.site, "evidence", kinds={"opened"}, limit=10)
    other.press()

    with office.database.read() as store:
        assert store.cursors.behind({"evidence"}) == [(other.site, "evidence")]
