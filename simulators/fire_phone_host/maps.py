"""How five kinds of hosts write their state into registers. Pure: a state in, an image out.

No maker of fire-phone hosts has published a register map, so these are the documented ways of
fire panels and of contacts, with extensions in the place of detectors. Addresses count from 0.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from simulators.fire_phone_host.image import Image, Table
from simulators.fire_phone_host.state import Call, Extension, HostState, Line, Noticed


class Map(Protocol):
    """One way to write a state into registers."""

    def draw(self, state: HostState) -> Image:
        """Return every register as it stands now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DryContacts:
    """The host's relays on digital inputs (function 2): call contacts, then fault contacts.

    An 8- or 16-channel module has its inputs from address 0 (Waveshare Modbus RTU IO 8CH, wiki).
    """

    first: int = 0
    #: Contacts are closed at rest, so that a cut wire is a call as well.
    normally_closed: bool = False
    #: Where one common fault contact stands; None: the host has none.
    fault: int | None = None
    #: Inputs that the module has; those beyond the wired ones are open.
    inputs: int | None = None

    def draw(self, state: HostState) -> Image:
        """Return the inputs."""
        off_hook = {
            self.first + number - 1: extension.call is not Call.RESTING
            for number, extension in state.extensions.items()
        }
        if self.fault is not None:
            good = all(one.line is Line.GOOD for one in state.extensions.values())
            off_hook[self.fault] = not (good and state.mains and state.battery)
        rest = int(self.normally_closed)
        wired = {address: int(active) ^ rest for address, active in off_hook.items()}
        unwired = dict.fromkeys(range(self.inputs or 0), 0)
        return Image({Table.DISCRETE: unwired | wired})


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoBits:
    """Two bits for each device: 00 normal, 01 called, 10 fault, 11 disabled.

    From register 40031, the highest bits first; of the first register only the lower twelve are
    used. Source: GST Modbus sheet V2 for T8B.
    """

    register: int = 30
    #: The higher bit of the first device's pair.
    bit: int = 11
    registers: int | None = None

    def draw(self, state: HostState) -> Image:
        """Return the holding registers."""
        words = dict.fromkeys(range(self.register, self.register + (self.registers or 1)), 0)
        for place, extension in enumerate(state.extensions.values()):
            word, lower = divmod(15 - self.bit + 2 * place, 16)
            address = self.register + word
            words[address] = words.get(address, 0) | _two_bits(extension) << (14 - lower)
        return Image({Table.HOLDING: words})


def _two_bits(extension: Extension) -> int:
    if extension.line is not Line.GOOD:
        return 0b10
    return 0b00 if extension.call is Call.RESTING else 0b01


#: What a register of flags says (Notifier MODBUS-GW, LS10015-000NF-E:C2): bits of the high byte.
TROUBLE, INACTIVE, ACTIVE, ENABLED = 1 << 13, 1 << 12, 1 << 11, 1 << 10
NOT_PRESENT = 0xFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """One register of flags for each device; while it is active the low byte says as what.

    "No active bit" is not "normal": at rest the inactive bit stands.
    """

    register: int = 0
    registers: int | None = None
    #: What the low byte says while the active bit stands.
    calling: int = 0x13
    #: The same of a talk; None: a talk looks like a call.
    talking: int | None = None
    #: Where the panel's own word stands; None: it has none.
    panel: int | None = None

    def draw(self, state: HostState) -> Image:
        """Return the holding registers."""
        absent = range(self.register, self.register + (self.registers or 0))
        words = dict.fromkeys(absent, NOT_PRESENT)
        for number, extension in state.extensions.items():
            words[self.register + number - 1] = self._word(extension)
        if self.panel is not None:
            good = state.mains and state.battery
            words[self.panel] = ENABLED | (INACTIVE if good else TROUBLE)
        return Image({Table.HOLDING: words})

    def _word(self, extension: Extension) -> int:
        if extension.line is not Line.GOOD:
            return ENABLED | INACTIVE | TROUBLE
        if extension.call is Call.RESTING:
            return ENABLED | INACTIVE
        talks = extension.call is Call.TALKING and self.talking is not None
        return ENABLED | ACTIVE | (self.talking if talks and self.talking else self.calling)


@dataclass(frozen=True, slots=True, kw_only=True)
class BitTables:
    """One packed table for each thing that can be the case, an extension being bit n of each.

    Source: Siemens NK823x/FS720, A6V10316242: input registers, alarms from 19000, faults from
    20000, power from 32000.
    """

    calling: int = 19000
    fault: int = 20000
    talking: int | None = 18000
    power: int | None = 32000
    registers: int | None = None

    def draw(self, state: HostState) -> Image:
        """Return the input registers."""
        words: dict[int, int] = {}
        self._table(words, self.calling, state, lambda one: one.call is Call.CALLING)
        self._table(words, self.fault, state, lambda one: one.line is not Line.GOOD)
        if self.talking is not None:
            self._table(words, self.talking, state, lambda one: one.call is Call.TALKING)
        if self.power is not None:
            words[self.power] = (not state.mains) | (not state.battery) << 1
        return Image({Table.INPUT: words})

    def _table(
        self,
        words: dict[int, int],
        start: int,
        state: HostState,
        is_so: Callable[[Extension], bool],
    ) -> None:
        needed = (len(state.extensions) + 15) // 16
        words |= dict.fromkeys(range(start, start + (self.registers or needed)), 0)
        for place, extension in enumerate(state.extensions.values()):
            words[start + place // 16] |= is_so(extension) << (place % 16)


#: What the low byte of an event says. Below 128 the codes are FAAST's, from 128 on a phone's.
CODES: Mapping[Noticed, int] = {
    Noticed.POWER_GOOD: 3,
    Noticed.MAINS_LOST: 17,
    Noticed.BATTERY_FAULT: 18,
    Noticed.CALLING: 128,
    Noticed.TALKING: 129,
    Noticed.ENDED: 130,
    Noticed.OPEN: 131,
    Noticed.SHORT: 132,
    Noticed.OPEN_MENDED: 133,
    Noticed.SHORT_MENDED: 134,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLog:
    """A count at 41601, then from 41604 the newest entries: two words of time, one of the event.

    The count wraps. Source: FAAST, Modbus schema 11. The event's high byte is the extension, 0 for
    the host itself.
    """

    register: int = 1600
    #: Registers between the count and the first entry.
    skip: int = 2
    capacity: int = 40
    newest_first: bool = True

    def draw(self, state: HostState) -> Image:
        """Return the holding registers; places of entries that never were hold 0."""
        begin = self.register + 1 + self.skip
        words = dict.fromkeys(range(self.register, begin + 3 * self.capacity), 0)
        words[self.register] = len(state.log) & 0xFFFF
        kept = state.log[-self.capacity :]
        for place, entry in enumerate(reversed(kept) if self.newest_first else kept):
            at, moment = begin + 3 * place, int(entry.at.timestamp())
            words[at], words[at + 1] = moment >> 16 & 0xFFFF, moment & 0xFFFF
            words[at + 2] = (entry.extension & 0xFF) << 8 | CODES[entry.what]
        return Image({Table.HOLDING: words})


#: The kinds by the names of their profiles.
MAPS: Mapping[str, Callable[[], Map]] = {
    "dry-contacts": DryContacts,
    "gst-two-bit": TwoBits,
    "notifier-word": StatusWords,
    "siemens-bit-table": BitTables,
    "faast-event-log": EventLog,
}
