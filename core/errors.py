"""What can go wrong in the core. The docstring of a class is its message."""


class CoreError(Exception):
    """The request cannot be carried out."""

    def __init__(self, detail: str = "") -> None:
        """Say ``detail``, or else the class's own docstring."""
        super().__init__(detail or (type(self).__doc__ or "").strip())

    @property
    def code(self) -> str:
        """The error's name for machines: ``NotAllowedNow`` → ``not_allowed_now``."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class NotReadable(CoreError):
    """A value from outside does not have the agreed form."""


class NotFound(CoreError):
    """There is no such thing at this site."""


class NotAllowedNow(CoreError):
    """This cannot happen in the present state."""


class NotYours(CoreError):
    """Somebody else holds this report."""


class LifeSafetyUnclaimed(CoreError):
    """A life-safety alarm has no holder; nobody leaves it to nobody."""


class ParkedTwice(CoreError):
    """It was parked twice already; a third time is for a leader to allow."""


class TooLongOnTest(CoreError):
    """Nothing is on test for longer than eight hours."""


class Incomplete(CoreError):
    """Something the scheme requires is missing."""


class StepsOpen(CoreError):
    """Required steps of the playbook are not done."""


class PicturesLacking(CoreError):
    """Pictures that the category asks for are missing."""


class LinkUsed(CoreError):
    """This link was used already; it works once."""


class NotPermitted(CoreError):
    """This role may not do that."""


class NoPictures(CoreError):
    """Nobody has said where pictures lie, or that place cannot be reached."""


class BadPolicy(CoreError):
    """The policy file does not say what a policy must say."""


class UnreadableRules(CoreError):
    """Rules that an older version of the product accepted cannot be read by this one."""


class BadRoster(CoreError):
    """The roster does not say what a roster must say."""

    def __init__(self, *mistakes: tuple[str, str]) -> None:
        """Say each mistake: what its line is called, and what is wrong with it."""
        super().__init__("\n".join(": ".join(filter(None, one)) for one in mistakes))
        self.mistakes = mistakes


class BadCatalogue(CoreError):
    """The catalogue file does not say what a catalogue must say."""


class ObjectionsOpen(CoreError):
    """Somebody objects to a proposal and is not answered yet; the month cannot be closed."""


class NoFont(CoreError):
    """No font with Chinese is installed on the server; install Noto Sans CJK to print documents."""


class BadMeritRules(CoreError):
    """The rules of reward and punishment do not say what rules must say."""
