"""Who is who behind a GB/T 26875.3 sender, and what the bits of its systems' states are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.facts.place import PlaceCode
from gateway.fire_phone.condition import Condition, Part, Word, meaning
from gateway.fire_phone.form import ComponentForm, ProfileForm, SystemForm
from gateway.fire_phone.layout import numbers
from gateway.fire_phone.points import PartCode, numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One component: an extension, as people know it."""

    part: Part
    code: PartCode
    place: PlaceCode | None


@dataclass(frozen=True, slots=True)
class Bits:
    """What each bit of a status is; a bit that is not named says nothing."""

    words: Mapping[int, Word]

    def read(self, status: int) -> tuple[frozenset[Condition], tuple[int, ...]]:
        """Return what is the case, and which set bits have no meaning here."""
        shown: frozenset[Condition] = frozenset()
        foreign = []
        for bit in range(status.bit_length()):
            if status >> bit & 1:
                word = self.words.get(bit)
                shown |= (meaning(word) or frozenset()) if word is not None else frozenset()
                foreign += [bit] if word is None else []
        return shown, tuple(foreign)

    def can_show(self) -> frozenset[Condition]:
        """Return every condition that some bit stands for."""
        every = (meaning(word) or frozenset() for word in self.words.values())
        return frozenset().union(*every)


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """All of a profile's components and systems."""

    named: Mapping[tuple[int, int], Component]
    places: Mapping[str, str]
    systems: Mapping[int | None, SystemForm]
    transmitter: Bits

    @classmethod
    def of(cls, form: ProfileForm) -> "Components":
        """Make them ready.

        :raises ValueError: one address is given twice.
        """
        named: dict[tuple[int, int], Component] = {}
        for line in form.component:
            for key, component in _components(line, form.places):
                if key in named:
                    raise ValueError(f"component {key[1]} of system {key[0]} is given twice")
                named[key] = component
        return cls(
            named=named,
            places=form.places,
            systems={one.type: one for one in form.system},
            transmitter=Bits(numbers(form.transmitter)),  # type: ignore[arg-type]  # only words
        )

    def known(self) -> Iterable[Component]:
        """Return all components that the profile names."""
        return self.named.values()

    def component(self, system: int, address: int) -> Component:
        """Return a component; one that nobody has named is an extension of its address."""
        found = self.named.get((system, address))
        if found is not None:
            return found
        code = str(address) if system == 24 else f"{system}-{address}"
        place = self.places.get(code)
        return Component(
            part=Part.EXTENSION,
            code=PartCode(code),
            place=PlaceCode(place) if place else None,
        )

    def bits(self, system: int, *, of_component: bool) -> Bits:
        """Return what the status bits of a system type are."""
        form = self.systems.get(system) or self.systems.get(None)
        if form is None:
            return Bits({})
        table = form.component if of_component else form.system
        return Bits(numbers(table))  # type: ignore[arg-type]  # the form knows only words


def _components(
    line: ComponentForm, places: Mapping[str, str]
) -> Iterable[tuple[tuple[int, int], Component]]:
    for n in range(line.count):
        code = numbered(line.extension, line.first + n)
        own = numbered(line.place, line.first + n) if line.place else None
        place = places.get(code, own)
        yield (
            (line.system, line.address + n),
            Component(
                part=line.part,
                code=PartCode(code),
                place=PlaceCode(place) if place else None,
            ),
        )
