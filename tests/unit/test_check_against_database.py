"""``shouwen check SITE --database URL`` names each code that file and database have otherwise."""

from pathlib import Path

from core.facts.people import Person, PersonCode, Role, UnitCode
from core.facts.rules import Rules
from core.store.database import Database
from front import checking
from gateway import site as sites

FILE = Path(__file__).parents[2] / "deploy" / "site.example.toml"


def test_what_does_not_fit_is_named(tmp_path: Path, rules: Rules) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    database = Database.open(url, rules=rules)
    database.migrate()
    assert [line.rsplit(": ", 1)[-1] for line in checking.differences(FILE, url)] == [
        "not in the database yet"
    ]
    wiring = sites.read(FILE)
    with database.begin() as store:
        store.sites.seed(wiring.site)
        store.people.seed(wiring.site.code, wiring.units.values(), wiring.people.values())
    assert checking.differences(FILE, url) == ()

    known = next(iter(wiring.people.values()))
    changed = Person(
        code=known.code, name="他人", unit=known.unit, roles=known.roles, phone=known.phone
    )
    new = Person(
        code=PersonCode("new-1"),
        name="新人",
        unit=UnitCode(known.unit),
        roles=frozenset({Role.GUARD}),
    )
    with database.begin() as store:
        store.people.edit(wiring.site.code, persons=[changed, new])
    database.close()

    said = checking.differences(FILE, url)
    assert len(said) == 2
    assert any(f"person {known.code}: name is" in line and "他人" in line for line in said)
    assert any(line.endswith("person new-1: only in the database") for line in said)
