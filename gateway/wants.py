"""What the centre wants of this gateway's cameras: asked for, handed out, each answered once.

The centre lists a want until it has its answer, so what is in hand here is told again and again;
it is neither done twice nor a reason to ask without a pause.
"""

import threading
from collections.abc import Callable

import structlog

from gateway.answers import Answers
from gateway.cctv.asked import Asked, Label
from gateway.cctv.still import NoPicture, Still
from gateway.pause import Pause
from gateway.picture_line import CentreAway, PictureGone, PictureLine, Want
from gateway.spool import SpoolFailed

log = structlog.get_logger(__name__)

#: Between two lists that bring nothing new, seconds.
NOTHING_NEW = 1.0
MOST_IN_HAND = 2000


class Wants:
    """Asks the centre what it wants; runs in a thread of its own."""

    def __init__(
        self,
        *,
        line: PictureLine,
        answers: Answers,
        ask: Callable[[str, Asked], None],
        compare: Callable[[Want, Callable[[], None]], None],
        mute: Callable[[frozenset[tuple[str, str]]], None],
    ) -> None:
        """Hand pictures to ``ask``, comparisons to ``compare``, muted rules to ``mute``.

        None of them may wait.
        """
        self._line = line
        self._answers = answers
        self._ask = ask
        self._compare = compare
        self._mute = mute
        self._in_hand: set[str] = set()
        self._guard = threading.Lock()
        self._pause = Pause(least=1.0, most=30.0)
        self._trouble: str | None = None

    def run(self, stopping: threading.Event) -> None:
        """Ask until told to stop."""
        while not stopping.is_set():
            try:
                news = self.step()
            except (CentreAway, PictureGone) as problem:
                if stopping.is_set():
                    return  # the line was cut to wake us
                self._say_trouble(str(problem) or "the centre knows no such list")
                stopping.wait(self._pause.seconds())
            except SpoolFailed as problem:
                log.warning("spool of pictures fails, asking again", reason=str(problem))
                stopping.wait(self._pause.seconds())
            else:
                self._say_well()
                if not news:
                    stopping.wait(NOTHING_NEW)

    def step(self) -> int:
        """Take one list; return how many of its wants were new.

        :raises CentreAway: there is no list
        :raises SpoolFailed: nobody knows what was answered
        """
        listed = self._line.wants()
        for reason in listed.bad:
            log.error("the centre wants something that cannot be read", reason=reason)
        self._mute(listed.muted)
        return sum(self._take(want) for want in listed.wants)

    def _take(self, want: Want) -> bool:
        with self._guard:
            if want.id in self._in_hand or len(self._in_hand) >= MOST_IN_HAND:
                return False
            self._in_hand.add(want.id)
        if self._answers.given(want.id, want.camera):
            self._done(want.id)
            return False
        if want.kind == "comparison":
            self._compare(want, lambda: self._done(want.id))
        else:
            self._ask(want.camera, self._asked(want))
        return True

    def _asked(self, want: Want) -> Asked:
        label = Label(want.label or Label.NOW)

        def answer(seen: Still | NoPicture) -> None:
            self._answers.picture(want.camera, label=label.value, seen=seen, want=want.id)
            self._done(want.id)

        return Asked(moment=want.at, label=label, answer=answer)

    def _done(self, want: str) -> None:
        """Let go of it: it was answered, or it may be tried again when it is listed again."""
        with self._guard:
            self._in_hand.discard(want)

    def _say_trouble(self, trouble: str) -> None:
        if self._trouble is None:
            log.warning("centre tells no wants", reason=trouble)
        self._trouble = trouble

    def _say_well(self) -> None:
        if self._trouble is not None:
            log.warning("centre tells its wants again", gone_for=self._trouble)
            self._trouble = None
        self._pause.reset()
