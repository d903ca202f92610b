"""The pages of mailboxes: where mail to the shops comes in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk.settings.gate import UnableToSet
from amends.facts.mail import Mailbox, MailboxKeys, UnableToOpenMailbox
from amends.facts.rulebook import Says
from amends.web.front import front
from amends.web.setup.gate import acting, keepers_only

_WHY = {
    "reach": Says("The server cannot be reached: look at its name and port.", "无法连接服务器：请检查地址和端口。"),
    "keys": Says(
        "The server refuses the user name or the password. Many providers want a password of its own for programs.",
        "服务器拒绝了用户名或密码。多数邮箱服务商需要使用单独的客户端授权码。",
    ),
    "folder": Says("There is no such folder in this mailbox.", "该邮箱中没有这个文件夹。"),
    "strange": Says("The server answers what cannot be understood.", "服务器的应答无法识别。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Will list the mailboxes, and keep a new one."""
    if request.method != "POST":
        return _list(request)
    try:
        made = front().mail.save(None, request.POST.get("merchant", ""), _typed(request.POST), acting(request))
    except UnableToSet as fault:
        return _list(request, {"fault": fault, "typed": request.POST}, 409)
    return HttpResponseRedirect(f"/settings/mailboxes/{made.number}")


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def mailbox(request: HttpRequest, number: int) -> HttpResponse:
    """Will show one, and keep what was typed."""
    kept = _mine(request, number)
    if request.method != "POST":
        return _one(request, kept)
    try:
        front().mail.save(number, kept.merchant, _typed(request.POST), acting(request))
    except UnableToSet as fault:
        return _one(request, kept, {"fault": fault, "typed": request.POST}, 409)
    return HttpResponseRedirect(f"/settings/mailboxes/{number}")


@require_POST
@keepers_only
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Will do what was pressed: try it, turn it on, have it rest, remove it."""
    kept, desk, person = _mine(request, number), front().mail, acting(request)
    do = request.POST.get("do", "")
    if do == "test":
        try:
            return _one(request, kept, {"there": desk.test(number, person), "tried": True})
        except UnableToOpenMailbox as fault:
            return _one(request, kept, {"why": _WHY[fault.why], "told": str(fault)}, 409)
    if do == "remove":
        desk.forget(number, person)
        return HttpResponseRedirect("/settings/mailboxes")
    try:
        desk.set_state(number, do, person)
    except UnableToSet as fault:
        return _one(request, kept, {"fault": fault}, 409)
    return HttpResponseRedirect(f"/settings/mailboxes/{number}")


def _mine(request: HttpRequest, number: int) -> Mailbox:
    try:
        return front().mail.get(number, acting(request)) if number < 2**63 else _nobodys()
    except UnableToSet as fault:
        raise Http404 from fault


def _nobodys() -> Mailbox:
    raise Http404


def _typed(typed: QueryDict) -> MailboxKeys:
    port = typed.get("port", "").strip()
    return MailboxKeys(
        typed.get("host", "").strip()[:200],
        int(port) if port.isascii() and port.isdigit() and len(port) < 6 else 0,
        typed.get("tls") == "yes",
        typed.get("user", "").strip()[:200],
        typed.get("password", "")[:200],
        typed.get("folder", "").strip()[:120],
    )


def _list(request: HttpRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    person = acting(request)
    shown = {"boxes": front().mail.mailboxes(person), "merchants": front().settings.policies.merchants(person)}
    return render(request, "setup/mailboxes.html", shown | (more or {}), status=status)


def _one(request: HttpRequest, kept: Mailbox, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    fresh = front().mail.boxes.get(kept.number) or kept
    return render(request, "setup/mailbox.html", {"box": fresh} | (more or {}), status=status)
