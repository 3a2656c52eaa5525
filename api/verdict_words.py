"""The customer's page in his language: plain markup, its own style, nothing fetched."""

import html
from collections.abc import Mapping, Sequence
from typing import Literal

Language = Literal["zh", "en"]

_ZH = {
    "lang": "zh-CN",
    "other": "English",
    "title": "问题解决了吗？",
    "told": "您反映的",
    "reported": "报告时间",
    "promised": "承诺时间",
    "comes": "派人到场",
    "promise_owed": "待答复",
    "promise_kept": "已答复",
    "promise_broken": "逾期未答复",
    "promise_kept_late": "逾期后答复",
    "promise_withdrawn": "已与您商定撤回",
    "promise_before": "原定",
    "handled": "处理时间",
    "visited": "回访",
    "telephone": "电话告知",
    "in_person": "当面告知",
    "message": "短信告知",
    "not_reached": "未联系上",
    "yes": "已解决",
    "no": "没有解决",
    "no_note": "我们会接着处理",
    "rating": "满意度（可不选）",
    "least": "很不满意",
    "most": "很满意",
    "more": "还想说的（可不填）",
    "kind": "这是",
    "none": "一般意见",
    "praise": "表扬",
    "complaint": "投诉",
    "grievance": "抱怨",
    "send": "提交",
    "once": "此链接只能提交一次。",
    "thanks": "谢谢您的评价",
    "again": "已按未解决重新受理，承诺时间仍从您最初反映时算起。",
    "done": "您的评价已记入这件事的记录。",
    "used": "此链接已使用",
    "used_more": "您的评价已经收到。如有新的情况，请联系客服中心。",
    "unknown": "此链接无效或已过期",
    "unknown_more": "请向客服中心索取新的链接。",
    "often": "请稍候再试",
    "often_more": "尝试太频繁，过一会儿再打开。",
    "unreadable": "提交的内容无法识别",
    "unreadable_more": "请返回，选择“已解决”或“没有解决”。",
}
_EN = {
    "lang": "en",
    "other": "中文",
    "title": "Is it solved?",
    "told": "What you told us",
    "reported": "Reported",
    "promised": "Promised for",
    "comes": "somebody comes",
    "promise_owed": "we still owe you word",
    "promise_kept": "you had word in time",
    "promise_broken": "late: we owe you word",
    "promise_kept_late": "you had word, but late",
    "promise_withdrawn": "withdrawn, as agreed with you",
    "promise_before": "before",
    "handled": "Dealt with",
    "visited": "You were told",
    "telephone": "by telephone",
    "in_person": "in person",
    "message": "by message",
    "not_reached": "not reached",
    "yes": "Solved",
    "no": "Not solved",
    "no_note": "we take it up again",
    "rating": "How satisfied are you? (optional)",
    "least": "not at all",
    "most": "very",
    "more": "In your words (optional)",
    "kind": "This is",
    "none": "a remark",
    "praise": "praise",
    "complaint": "a complaint",
    "grievance": "a grievance",
    "send": "Send",
    "once": "This link can be used once.",
    "thanks": "Thank you",
    "again": "It is taken up again as not solved; time still runs from when you first told us.",
    "done": "Your verdict is part of the record.",
    "used": "This link was used already",
    "used_more": "We have your verdict. If something is new, please call the service desk.",
    "unknown": "This link is not valid, or has expired",
    "unknown_more": "Please ask the service desk for a new one.",
    "often": "Please wait a little",
    "often_more": "Too many tries; open it again in a while.",
    "unreadable": "The form cannot be read",
    "unreadable_more": "Please go back and choose “Solved” or “Not solved”.",
}
WORDS: Mapping[Language, Mapping[str, str]] = {"zh": _ZH, "en": _EN}

_STYLE = """
*{box-sizing:border-box}
:root{color-scheme:light dark;--ground:#eef0f2;--surface:#fff;--ink:#1b2128;--quiet:#566270;
--line:#d5dae0;--edge:#566270;--accent:#2b5f93;--on:#fff;--chosen:#e3edf7}
@media(prefers-color-scheme:dark){:root{--ground:#101418;--surface:#181d23;--ink:#dce2e8;
--quiet:#9aa7b4;--line:#323b45;--edge:#9aa7b4;--accent:#79aedd;--on:#101418;--chosen:#223243}}
body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.6 "PingFang SC",
"Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:34rem;margin:0 auto;padding:8px 16px 32px}
header{display:flex;justify-content:space-between;align-items:center}
header a{display:inline-block;padding:10px 0;min-height:44px;color:var(--accent)}
header span,small,dt,.ends{color:var(--quiet);font-size:15px}
h1{font-size:24px;line-height:1.3;margin:8px 0 12px}
.card{background:var(--surface);border:1px solid var(--line);border-radius:12px;padding:14px 16px}
.card p{margin:0 0 8px;overflow-wrap:anywhere;white-space:pre-line}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 14px;margin:0}dd{margin:0}
fieldset{border:0;margin:20px 0 0;padding:0}legend{padding:0;margin-bottom:6px;font-weight:600}
.pick{display:grid;grid-template-columns:1fr 1fr;gap:10px}
.rate{display:grid;grid-template-columns:repeat(5,1fr);gap:8px}
.pick label,.rate label{position:relative;display:flex;flex-direction:column;align-items:center;
justify-content:center;min-height:64px;padding:8px;border:2px solid var(--edge);border-radius:12px;
background:var(--surface);text-align:center;font-weight:600;cursor:pointer}
.rate label{min-height:48px}
.pick input,.rate input{position:absolute;inset:0;opacity:0;width:100%;height:100%;margin:0}
label:has(input:checked){border-color:var(--accent);background:var(--chosen);
box-shadow:inset 0 0 0 2px var(--accent)}
label:has(input:checked)::after{content:"✓";position:absolute;top:2px;right:8px}
label:has(:focus-visible),:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.ends{display:flex;justify-content:space-between}
textarea,select{width:100%;font:inherit;color:inherit;background:var(--surface);
border:1px solid var(--edge);border-radius:12px;padding:10px 12px;min-height:48px}
.say{display:block;margin-top:14px;font-weight:600}
button{width:100%;min-height:56px;margin:20px 0 8px;border:0;border-radius:12px;
background:var(--accent);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
"""


def page(body: str, words: Mapping[str, str], *, site: str = "", switch: bool = False) -> str:
    """Return a whole page.

    :param switch: whether the same address shows the same in the other language.
    """
    other = "en" if words["lang"] != "en" else "zh"
    lang = "en" if other == "en" else "zh-CN"
    link = f'<a href="?language={other}" lang="{lang}">{words["other"]}</a>' if switch else ""
    return (
        f'<!doctype html><html lang="{words["lang"]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{words['title']} · 首问</title><style>{_STYLE}</style></head>"
        f"<body><main><header><span>{html.escape(site) or '首问 · Shouwen'}</span>{link}</header>"
        f"{body}</main></body></html>"
    )


def said(words: Mapping[str, str], title: str, more: str) -> str:
    """Return the body of a page that says one thing."""
    return f"<h1>{words[title]}</h1><p>{words[more]}</p>"


def form(words: Mapping[str, str], told: str, facts: Sequence[tuple[str, str]]) -> str:
    """Return what is asked: what was told, what was promised and done, and the verdict.

    :param facts: pairs of a word's key and its text, which is escaped here.
    """
    rows = "".join(f"<dt>{words[key]}</dt><dd>{html.escape(text)}</dd>" for key, text in facts)
    language = "en" if words["lang"] == "en" else "zh"
    return (
        f"<h1>{words['title']}</h1>"
        f'<section class="card" aria-label="{words["told"]}"><small>{words["told"]}</small>'
        f"<p>{html.escape(told)}</p><dl>{rows}</dl></section>"
        f'<form method="post" action="?language={language}">{_verdict(words)}{_rating(words)}'
        f'<label class="say">{words["more"]}'
        '<textarea name="words" rows="3" maxlength="2000"></textarea></label>'
        f'<label class="say">{words["kind"]}'
        f'<select name="feedback">{_kinds(words)}</select></label>'
        f"<button>{words['send']}</button><small>{words['once']}</small></form>"
    )


def _verdict(words: Mapping[str, str]) -> str:
    return (
        f'<fieldset><legend>{words["title"]}</legend><div class="pick">'
        f'<label><input type="radio" name="solved" value="yes" required>{words["yes"]}</label>'
        f'<label><input type="radio" name="solved" value="no">{words["no"]}'
        f"<small>{words['no_note']}</small></label></div></fieldset>"
    )


def _rating(words: Mapping[str, str]) -> str:
    marks = "".join(
        f'<label><input type="radio" name="rating" value="{mark}">{mark}</label>'
        for mark in range(1, 6)
    )
    return (
        f'<fieldset><legend>{words["rating"]}</legend><div class="rate">{marks}</div>'
        f'<div class="ends"><span>{words["least"]}</span><span>{words["most"]}</span></div>'
        "</fieldset>"
    )


def _kinds(words: Mapping[str, str]) -> str:
    kinds = (("", "none"), ("praise", "praise"), ("complaint", "complaint"))
    named = (*kinds, ("grievance", "grievance"))
    return "".join(f'<option value="{value}">{words[key]}</option>' for value, key in named)
