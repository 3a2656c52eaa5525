"""The form of a fire-phone profile: hub → units → blocks → points, and GB/T 26875.3 senders.

Addresses stand as the vendor's sheet writes them; ``base`` says what the sheet calls the first one.
A line with ``count`` stands for many points: ``{n}`` counts up in its texts.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, PositiveFloat, PositiveInt

from gateway.fire_phone.condition import Part, Word
from gateway.fire_phone.scan import Table

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Text = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,100}$")]
Bit = Annotated[int, Field(ge=0, le=15)]
Word16 = Annotated[int, Field(ge=0, le=0xFFFF)]
#: A number as a key, decimal or 0x….
Number = Annotated[str, Field(pattern=r"^(0[xX][0-9A-Fa-f]{1,8}|[0-9]{1,10})$")]
Base = Literal[0, 1, 10001, 30001, 40001, 100001, 300001, 400001]
Kind = Literal[
    "bit", "bits2", "enum", "word_flags", "bit_table", "fifo", "counter", "identity"
]  # fmt: skip


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PointForm(_Form):
    """One point, or ``count`` of them."""

    kind: Kind
    #: As the sheet writes it; None: the block's own.
    address: Annotated[int, Field(ge=0)] | None = None
    #: Which bit of a register, 0 the lowest; for ``bits2`` the lower one of the pair.
    bit: Bit | None = None
    #: A normally closed contact.
    invert: bool = False
    part: Part = Part.EXTENSION
    extension: Text = "{n}"
    place: Text | None = None
    #: What it is when the bit is set, or what a counter counts.
    means: Word = "calling"
    #: What each value is, for ``bits2`` and ``enum``.
    states: dict[Number, Word] = Field(default_factory=dict)
    #: What any other value is.
    otherwise: Word = "unknown"
    mask: Word16 = 0xFFFF
    #: Bits that are never set; one that is makes the value unknown.
    reserved: Word16 = 0
    #: Values that say that nothing is there.
    absent: tuple[Word16, ...] = ()
    #: Bit → what it is when set, for ``word_flags``.
    flags: dict[Number, Word] = Field(default_factory=dict)
    #: Event code → what it is, for ``word_flags`` and ``fifo``.
    codes: dict[Number, Word] = Field(default_factory=dict)
    #: Event code → what it ends, for ``fifo``; ``calling`` ends the whole call.
    ends: dict[Number, Word] = Field(default_factory=dict)
    #: The codes count only while this bit is set.
    code_bit: Bit | None = None
    code_mask: Word16 = 0x00FF
    #: Without a condition and without any of these bits, nothing is known.
    normal_bits: tuple[Bit, ...] = ()
    #: Which end of a register holds the first of many.
    order: Literal["lsb", "msb"] = "lsb"
    count: Annotated[int, Field(ge=1, le=5000)] = 1
    #: What ``{n}`` begins with.
    first: Annotated[int, Field(ge=0)] = 1
    #: How many addresses from one to the next.
    step: PositiveInt = 1
    #: Seconds a change must last before it is believed.
    debounce: Annotated[float, Field(ge=0, le=60)] = 0.0
    #: Of ``fifo``: registers of one entry, entries kept, and where the newest stands. In a ring the
    #: register before the entries says which place is written next, and none is ever moved.
    words: PositiveInt = 3
    capacity: PositiveInt = 1
    newest: Literal["first", "last", "ring"] = "first"
    #: Registers between the count and the first entry.
    skip: Annotated[int, Field(ge=0, le=120)] = 0
    #: Of ``fifo``: which word of an entry holds the code, and which the extension's number.
    code_word: Annotated[int, Field(ge=0)] = 2
    number_word: Annotated[int, Field(ge=0)] = 2
    number_mask: Word16 = 0xFF00
    #: The number that stands for the host itself.
    host_number: Annotated[int, Field(ge=0)] | None = 0
    #: Of ``identity``: what must stand there, or this is not the host that we mean.
    expect: Word16 | None = None


class BlockForm(_Form):
    """Points of one table that are read together."""

    name: Name
    table: Table
    base: Base = 0
    address: Annotated[int, Field(ge=0)] | None = None
    point: tuple[PointForm, ...] = Field(min_length=1)


class UnitForm(_Form):
    """One Modbus unit (slave) of the hub."""

    unit: Annotated[int, Field(ge=0, le=255)] = 1
    block: tuple[BlockForm, ...] = Field(min_length=1)


class ComponentForm(_Form):
    """Which extension a component of a GB/T 26875.3 system is."""

    system: Annotated[int, Field(ge=0, le=255)] = 24
    address: Annotated[int, Field(ge=0, le=0xFFFFFFFF)]
    part: Part = Part.EXTENSION
    extension: Text = "{n}"
    place: Text | None = None
    count: Annotated[int, Field(ge=1, le=5000)] = 1
    first: Annotated[int, Field(ge=0)] = 1


class SystemForm(_Form):
    """What the status bits of a GB/T 26875.3 system type are."""

    #: System type (table 4 of the standard); none: all others.
    type: Annotated[int, Field(ge=0, le=255)] | None = None
    title: str = ""
    system: dict[Number, Word] = Field(default_factory=dict)
    component: dict[Number, Word] = Field(default_factory=dict)


class ProfileForm(_Form):
    """A whole profile file."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    title: str = ""
    #: A shipped profile that this one completes: whatever is not said here is as it is there.
    extends: str | None = None
    protocol: Literal["modbus", "gb26875"] = "modbus"
    #: Seconds from scan to scan.
    period: Annotated[float, Field(ge=0.02, le=60)] = 0.25
    timeout: Annotated[float, Field(ge=0.05, le=10)] = 0.8
    #: Milliseconds of quiet between two requests; RS-485 wants some.
    gap_ms: Annotated[float, Field(ge=0, le=1000)] = 0.0
    #: So many values in between may be read for nothing, to save a request.
    max_gap: Annotated[int, Field(ge=0, le=2000)] = 16
    #: Read a change twice before it is believed. Off where reading clears what is read.
    confirm: bool = True
    #: Seconds without an answer that are a fault.
    lost_after: Annotated[float, Field(ge=0.5, le=600)] = 3.0
    #: More beginnings of one condition than this in a minute are folded into one fault.
    flaps: Annotated[int, Field(ge=2, le=1000)] = 10
    #: Seconds after which what is first told is old news.
    late_limit: PositiveFloat = 86_400.0
    #: A sender that says nothing for so many seconds is a fault, where the site file says nothing.
    silent_after: PositiveFloat | None = None
    #: A condition that is told anew after so many seconds without an end is a new one.
    repeats_after: NonNegativeFloat = 300.0
    unit: tuple[UnitForm, ...] = ()
    #: Extension → place.
    places: dict[Text, Text] = Field(default_factory=dict)
    system: tuple[SystemForm, ...] = ()
    #: Bits of a transmitter's own state.
    transmitter: dict[Number, Word] = Field(default_factory=dict)
    component: tuple[ComponentForm, ...] = ()
