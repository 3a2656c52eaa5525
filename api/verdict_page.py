"""The page behind a customer's one-time link: no log-in, no script, nothing else reachable."""

import html
import time
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qs

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.rate import Buckets
from api.runtime import Runtime
from core.errors import CoreError, LinkUsed, NotFound, NotReadable
from core.facts.feedback import FeedbackKind
from core.feedback import links

#: The page needs nothing but itself; not even the console's own files.
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
#: A form of four fields; longer words are nobody's.
_MOST_BYTES = 16_384

_PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>首问 · Shouwen</title>
<style>body{{font:16px/1.6 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}}
label,button,textarea{{display:block;margin:.6rem 0}}textarea{{width:100%;height:6rem}}
button{{font-size:1rem;padding:.6rem 1.4rem}}small{{color:#555}}</style></head>
<body><main>{body}</main></body></html>
"""
_FORM = """<h1>问题是否已经解决？<br><small>Is it solved?</small></h1>
<p>{words}</p><p><small>{told}</small></p>{promised}
<form method="post">
<label><input type="radio" name="solved" value="yes" required> 已解决 · Solved</label>
<label><input type="radio" name="solved" value="no"> 未解决 · Not solved</label>
<label>评分 · Rating <select name="rating"><option value="">—</option>
<option>5</option><option>4</option><option>3</option><option>2</option><option>1</option>
</select></label>
<label>表扬或投诉 · Praise or complaint <select name="feedback"><option value="">—</option>
<option value="praise">表扬 · Praise</option><option value="complaint">投诉 · Complaint</option>
<option value="grievance">抱怨 · Grievance</option></select></label>
<label>说明 · In your words<textarea name="words" maxlength="2000"></textarea></label>
<button>提交 · Send</button></form>"""
_THANKS = "<h1>谢谢您的评价</h1><p>Thank you. {what}</p>"


def install(app: FastAPI) -> None:
    """Serve ``/c/{token}``, apart from the API and before the console."""
    # Enough for a slow reader who tries again; far too few for a guesser of 256 bits.
    buckets = Buckets(burst=20, every=6.0)

    async def page(request: Request) -> Response:
        runtime = request.app.state.runtime
        host = request.client.host if request.client else ""
        if buckets.take(host, now=time.monotonic()):
            return _said(
                HTTPStatus.TOO_MANY_REQUESTS, "请稍候再试", "Too many tries; wait a little."
            )
        token = request.path_params["token"]
        form = await _form(request) if request.method == "POST" else None
        try:
            return await run_in_threadpool(_answer, runtime, token, form)
        except LinkUsed:
            return _said(HTTPStatus.GONE, "此链接已使用", "This link was used already.")
        except NotFound:
            return _said(
                HTTPStatus.NOT_FOUND,
                "此链接无效或已过期",
                "This link is not valid, or has expired.",
            )
        except (CoreError, ValueError):
            return _said(HTTPStatus.BAD_REQUEST, "提交的内容无法识别", "The form cannot be read.")

    app.add_route("/c/{token}", page, methods=["GET", "POST"], include_in_schema=False)


def _answer(runtime: Runtime, token: str, form: dict[str, str] | None) -> Response:
    now = runtime.clock.now()
    if form is None:
        with runtime.database.read() as store:
            _, issue = links.look(store, token, now=now)
            zone = store.sites.zone(issue.site)
        told = issue.reported_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        return _html(
            HTTPStatus.OK,
            _FORM.format(
                words=html.escape(issue.words or "—"),
                told=f"报告于 · Reported {told}",
                promised=_promised(issue.promised_at.astimezone(zone)) if issue.promised_at else "",
            ),
        )
    if form.get("solved") not in {"yes", "no"}:
        raise NotReadable("solved or not solved")
    solved = form["solved"] == "yes"
    with runtime.database.begin() as store:
        links.judge(
            store,
            token,
            solved=solved,
            rating=int(form["rating"]) if form.get("rating") else None,
            words=form.get("words", "").replace("\x00", "")[:2_000],
            feedback=FeedbackKind(form["feedback"]) if form.get("feedback") else None,
            now=now,
        )
    runtime.committed()
    what = "" if solved else "我们将继续处理。 We take it up again."
    return _html(HTTPStatus.OK, _THANKS.format(what=what))


def _promised(at: datetime) -> str:
    return f"<p><small>承诺时间 · Promised {at.strftime('%Y-%m-%d %H:%M')}</small></p>"


async def _form(request: Request) -> dict[str, str]:
    taken = b""
    async for piece in request.stream():
        taken += piece
        if len(taken) > _MOST_BYTES:
            return {}
    said = parse_qs(taken.decode("utf-8", errors="replace"), max_num_fields=10)
    return {name: values[0] for name, values in said.items()}


def _said(status: HTTPStatus, chinese: str, english: str) -> Response:
    return _html(status, f"<h1>{chinese}</h1><p>{english}</p>")


def _html(status: HTTPStatus, body: str) -> Response:
    return HTMLResponse(_PAGE.format(body=body), status_code=status, headers=_HEADERS)
