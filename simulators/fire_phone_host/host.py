"""A host on its cable: acts go in, answers to requests come out, and what goes wrong with both.

It owns no socket and reads no clock; ``simulators/fire_phone_host/wire.py`` gives it both.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime

from simulators.action import Act, Action
from simulators.fire_phone_host.frames import Request
from simulators.fire_phone_host.image import NO_ANSWER_BEHIND, READS, Image, refusal
from simulators.fire_phone_host.maps import Map
from simulators.fire_phone_host.state import OF_AN_EXTENSION, OF_THE_HOST, HostState

#: Seconds that a host takes to begin again, where nobody says how many.
BOOTS_IN = 2.0


@dataclass(slots=True, kw_only=True)
class Trouble:
    """What is wrong between the host and whoever asks it."""

    mute: bool = False
    #: It is rebooting.
    down: bool = False
    #: Seconds before each answer.
    slow: float = 0.0
    #: Share of answers in which one byte is changed.
    garbled: float = 0.0
    twin: bool = False
    shift: int = 0

    def perform(self, action: Action) -> None:
        """Begin or end a trouble."""
        match action.act:
            case Act.SILENCE | Act.BACK:
                self.mute = action.act is Act.SILENCE
            case Act.SLOW:
                self.slow = action.number("seconds", 2.0)
            case Act.GARBLED:
                self.garbled = action.number("share", 0.5)
            case Act.DUPLICATE_UNIT:
                self.twin = True
            case Act.SHIFTED_MAP:
                self.shift = int(action.number("by", 1))
            case Act.SOUND:
                self.mute, self.slow, self.garbled, self.twin, self.shift = (
                    False,
                    0.0,
                    0.0,
                    False,
                    0,
                )


#: What can happen to a host behind Modbus.
CAN = (
    OF_AN_EXTENSION
    | OF_THE_HOST
    | {Act.SILENCE, Act.BACK, Act.SLOW, Act.GARBLED, Act.DUPLICATE_UNIT, Act.SHIFTED_MAP}
    | {Act.SOUND, Act.REBOOT}
)


@dataclass(slots=True, kw_only=True)
class Host:
    """One host behind Modbus."""

    map: Map
    extensions: int = 64
    unit: int = 1
    seed: int = 0
    state: HostState = field(init=False)
    trouble: Trouble = field(default_factory=Trouble)
    #: How often each function was asked; all but 1 to 4 would be a write or worse.
    asked: dict[int, int] = field(default_factory=dict)
    _twin: Image = field(init=False)
    _drawn: tuple[int, int, Image] | None = None
    _turn: int = 0
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.state = HostState.of(self.extensions)
        self._twin = self.map.draw(self.state)  # another host of the kind, at rest
        self._chance = random.Random(self.seed)  # noqa: S311 - repeatable, not secret

    @property
    def written(self) -> int:
        """How often anything but a read was asked."""
        return sum(times for function, times in self.asked.items() if function not in READS)

    def perform(self, action: Action, *, now: datetime) -> None:
        """Let it happen. A reboot is over when it is switched on again.

        :raises ValueError: there is no such extension, or this cannot happen to a host.
        """
        if action.act not in CAN:
            raise ValueError(f"{action.act} cannot happen to a fire-phone host")
        if action.act in OF_AN_EXTENSION | OF_THE_HOST:
            self.state.perform(action.act, int(action.number("extension", 0)), now=now)
        elif action.act is Act.REBOOT:
            self.trouble.down = True
        else:
            self.trouble.perform(action)

    def switch_on(self) -> None:
        """Come up after a reboot."""
        self.trouble.down = False
        self.state.switch_on()

    def answer(self, request: Request) -> bytes | None:
        """Return the frame that answers; None: nothing is said.

        On a serial line a request to another unit is not for this host; behind TCP whoever takes
        it says that nobody of that number is there.
        """
        function = request.pdu[0]
        self.asked[function] = self.asked.get(function, 0) + 1
        if self.trouble.mute or self.trouble.down:
            return None
        if request.unit != self.unit:
            if request.number is None:
                return None
            return request.frame(refusal(function, NO_ANSWER_BEHIND))
        return self._spoiled(request.frame(self._image().answer(request.pdu)))

    def _image(self) -> Image:
        """Return the registers: with a twin on the line, by turns the one's and the other's."""
        self._turn += 1
        if self.trouble.twin and self._turn % 2:
            return self._twin
        wanted = self.state.version, self.trouble.shift
        if self._drawn is None or self._drawn[:2] != wanted:
            self._drawn = (*wanted, self.map.draw(self.state).shifted(self.trouble.shift))
        return self._drawn[2]

    def _spoiled(self, frame: bytes) -> bytes:
        if self._chance.random() >= self.trouble.garbled:
            return frame
        place = self._chance.randrange(len(frame))
        other = frame[place] ^ self._chance.randrange(1, 256)
        return frame[:place] + bytes([other]) + frame[place + 1 :]
