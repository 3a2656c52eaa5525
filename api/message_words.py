"""What stands on the page behind a message's link, in both languages."""

from collections.abc import Mapping, Sequence

from api.verdict_words import Language
from core.facts.message import MessageKind

_ZH = {
    "lang": "zh-CN",
    "other": "English",
    "title": "请答复",
    "notice.know": "我已知悉，去处理",
    "alert.coming": "我马上到",
    "alert.cannot": "我去不了",
    "copy.know": "已知悉",
    "card.still_open": "仍未解决",
    "card.solved": "已解决",
    "card.cannot_see": "看不到现场",
    "summons.know": "我已知悉，去看看",
    "once": "此链接只对本条消息、只对您本人有效，只能用一次，请勿转发。",
    "thanks": "已收到",
    "thanks_more": "您的答复已记入流水。",
    "used": "此链接已使用",
    "used_more": "您的答复已经收到。",
    "unknown": "此链接无效或已过期",
    "unknown_more": "请登录首问查看。",
    "over": "这件事已不需要答复",
    "over_more": "它可能已处理完毕，或别人已经到场。请登录首问查看。",
    "often": "请稍候再试",
    "often_more": "尝试太频繁，过一会儿再打开。",
}
_EN = {
    "lang": "en",
    "other": "中文",
    "title": "Please answer",
    "notice.know": "I know, and see to it",
    "alert.coming": "I am coming",
    "alert.cannot": "I cannot come",
    "copy.know": "I know",
    "card.still_open": "Still open",
    "card.solved": "Solved",
    "card.cannot_see": "I cannot see it",
    "summons.know": "I know, and look after it",
    "once": "This link is for this message and for you alone, and works once. Do not pass it on.",
    "thanks": "Received",
    "thanks_more": "Your answer is in the journal.",
    "used": "This link was used already",
    "used_more": "We have your answer.",
    "unknown": "This link is not valid, or has expired",
    "unknown_more": "Please log in to Shouwen to see it.",
    "over": "Nobody needs an answer any more",
    "over_more": "It may be handled, or somebody else is there. Log in to Shouwen to see it.",
    "often": "Please wait a little",
    "often_more": "Too many tries; open it again in a while.",
}
WORDS: Mapping[Language, Mapping[str, str]] = {"zh": _ZH, "en": _EN}

#: What can be answered to each kind of message, the likeliest first.
ANSWERS: Mapping[MessageKind, Sequence[str]] = {
    MessageKind.NOTICE: ("know",),
    MessageKind.ALERT: ("coming", "cannot"),
    MessageKind.COPY: ("know",),
    MessageKind.CARD: ("still_open", "solved", "cannot_see"),
    MessageKind.SUMMONS: ("know",),
}
