"""What stands in a message: which issue, what, where, what is asked; nobody's name or own words.

It leaves the house by somebody else's servers, so it says no more than brings him to the product.
"""

from collections.abc import Sequence

from core.errors import NotFound
from core.facts.catalogue import Words
from core.facts.issue import Issue, Urgency
from core.facts.message import Message, MessageKind
from core.facts.seat import Trouble
from core.store.store import Store

_ASKED = {
    MessageKind.NOTICE: Words(zh="未处理，已上报给您", en="not handled, you are called in"),
    MessageKind.ALERT: Words(
        zh="请立即前往，并答复能否到场", en="please go there, and say if you come"
    ),
    MessageKind.COPY: Words(zh="抄送给您，请确认知悉", en="a copy to you, please confirm"),
    MessageKind.CARD: Words(zh="今日跟进：现在怎样？", en="how does it stand today?"),
}
#: A ladder for life safety calls at once: nothing has been left undone.
_AT_ONCE = Words(zh="事关生命，请立即响应", en="a life may hang on it, respond at once")
_TROUBLE = {
    Trouble.NOBODY_PRESENT: Words(
        zh="监控中心无人应答", en="Nobody answers at the monitoring centre"
    ),
    Trouble.SOUND_BLOCKED: Words(
        zh="监控中心的控制台声音被阻，来电听不到",
        en="A console of the monitoring centre is mute, calls are not heard",
    ),
    Trouble.STREAM_STALE: Words(
        zh="监控中心的控制台画面停滞，新报警看不到",
        en="A console of the monitoring centre stands still, new alarms are not seen",
    ),
}
_TO_THE_SEAT = Words(
    zh="请立即去值班席看看，并确认知悉", en="please look after the seat at once, and confirm"
)
_UNNAMED = Words(zh="问题", en="Problem")
_EMERGENCY = Words(zh="紧急呼叫", en="Emergency call")


def of(store: Store, issue: Issue, *, kind: MessageKind) -> Words:
    """Return what a message about this issue says, without the name of the site."""
    what, asked = _what(store, issue), _ASKED[kind]
    if issue.urgency is Urgency.LIFE_SAFETY and kind is MessageKind.NOTICE:
        asked = _AT_ONCE
    where = _where(store, issue)
    there = Words(zh=f"，{where}", en=f", {where}") if where else Words(zh="", en="")
    return Words(
        zh=f"#{issue.number} {what.zh}{there.zh}：{asked.zh}",
        en=f"#{issue.number} {what.en}{there.en}: {asked.en}",
    )


def of_summons(trouble: Trouble) -> Words:
    """Return what a message about a summons to the seat says."""
    what = _TROUBLE[trouble]
    return Words(zh=f"{what.zh}：{_TO_THE_SEAT.zh}", en=f"{what.en}: {_TO_THE_SEAT.en}")


def digest(messages: Sequence[Message], *, most: int) -> Words:
    """Return several messages as one, each word once; what does not fit is counted."""
    said = list(dict.fromkeys(one.words for one in messages))
    shown, more = said[:most], len(said) - most
    zh, en = [one.zh for one in shown], [one.en for one in shown]
    if more > 0:
        zh.append(f"另有 {more} 条")
        en.append(f"and {more} more")
    return Words(zh="\n".join(zh), en="\n".join(en))


def _what(store: Store, issue: Issue) -> Words:
    if issue.category is None:
        return _EMERGENCY if issue.urgency is Urgency.LIFE_SAFETY else _UNNAMED
    try:
        return store.rules_of(issue.site).category(issue.category).name
    except NotFound:  # it has left the catalogue since
        return _UNNAMED


def _where(store: Store, issue: Issue) -> str:
    return store.sites.place(issue.site, issue.place).name if issue.place is not None else ""
