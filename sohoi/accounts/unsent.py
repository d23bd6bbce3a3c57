"""What was typed into a form whose session had ended or changed hands: kept an hour, brought back.

Every page with a form carries its writer, signed. A POST of somebody else, or of nobody, is not
carried out: it is kept on the server for this browser, and when its writer has signed in again she
comes back to the filled form. Only she; and only pressing Save again writes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from sohoi.accounts.sessions import SessionStore

COOKIE, FORMS = "unsent", "forms"
SECONDS, LARGEST, MOST = 3600, 200_000, 3
# Never kept: what belongs to the request, and anything secret.
_NOT_KEPT = ("csrfmiddlewaretoken", "page_writer", "believed")
_signer = Signer(salt="sohoi.accounts.unsent")


@dataclass(frozen=True)
class Writer:
    """Who fills in a form, in words that tell nobody who: `key` names her drafts in the browser,
    `signed` comes back with the form and cannot be made by anybody else."""

    key: str
    signed: str


def writer_of(user: Any) -> Writer | None:
    if not user.is_authenticated:
        return None
    return _writer(user.pk)


# The same on every page of hers.
@lru_cache(maxsize=4096)
def _writer(pk: UUID) -> Writer:
    return Writer(_opaque(pk, "draft"), _signer.sign(_opaque(pk, "writer")))


def _opaque(pk: UUID, use: str) -> str:
    return salted_hmac(f"sohoi.accounts.{use}", str(pk)).hexdigest()[:24]


def unsent_forms(get_response: Callable) -> Callable:
    """Middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.writer = SimpleLazyObject(lambda: writer_of(request.user))
        return get_response(request)

    middleware.process_view = _before_the_view
    return middleware


def _before_the_view(request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> Any:
    if getattr(view, "policy", "open") == "open":
        return None
    if request.method == "POST":
        _forget_at_sign_out(request)
        return _kept(request)
    if request.method == "GET" and COOKIE in request.COOKIES and request.user.is_authenticated:
        return _brought_back(request, view, args, kwargs)
    return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page is older than the last sign-in of this browser."""
    return _kept(request, is_stale=True) or render(request, "403_csrf.html", status=403)


def waiting(request: HttpRequest) -> str:
    """The page of a form that waits for whoever has just signed in, if there is one."""
    store = _store(request)
    own = _opaque(request.user.pk, "writer")
    return next((p for p, kept in store.get(FORMS, {}).items() if kept["writer"] == own), "")


def _kept(request: HttpRequest, *, is_stale: bool = False) -> HttpResponse | None:
    """Keep what was sent, unless it is the sender's own and may go on to the view."""
    try:
        writer = _signer.unsign(request.POST.get("page_writer", ""))
    except BadSignature:
        return None
    user = request.user
    is_own = user.is_authenticated and writer == _opaque(user.pk, "writer")
    body = _worth_keeping(request.POST).urlencode()
    if (is_own and not is_stale) or len(body) > LARGEST:
        return None
    path = request.get_full_path()
    if is_own:
        response: HttpResponse = redirect(path)
    elif user.is_authenticated:
        response = render(request, "accounts/changed_hands.html", status=409)
    else:
        messages.warning(
            request,
            _("Phiên làm việc đã hết. Đăng nhập lại để trở về biểu mẫu đã điền; chưa mất gì."),
        )
        response = redirect_to_login(path)
    return _keep(request, response, path, {"writer": writer, "body": body})


def _worth_keeping(data: QueryDict) -> QueryDict:
    kept = data.copy()
    for name in data:
        if name in _NOT_KEPT or "password" in name:
            del kept[name]
    return kept


def _keep(request: HttpRequest, response: HttpResponse, path: str, kept: dict) -> HttpResponse:
    SessionStore.clear_expired()
    store = _store(request)
    forms = {p: k for p, k in store.get(FORMS, {}).items() if p != path}
    newest = [*forms.items()][-(MOST - 1) :]
    store[FORMS] = {**dict(newest), path: kept}
    store.set_expiry(SECONDS)
    store.save()
    response.set_cookie(
        COOKIE,
        store.session_key,
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _brought_back(request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> Any:
    """The page with what was typed, as after a mistake; nothing can be written on the way."""
    kept = _take(request, request.get_full_path())
    if kept is None:
        return None
    request.POST = QueryDict(kept["body"])
    lang = request.POST.get("page_lang", "")
    messages.warning(
        request, _("Chưa lưu: đây là những gì đã điền lúc nãy. Xem lại rồi bấm nút lưu.")
    )
    if lang not in dict(settings.LANGUAGES):
        lang = translation.get_language()
    with translation.override(lang), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            response.render()
    # Nothing went wrong with this request: what was typed is there again.
    response.status_code = 200 if response.status_code == 422 else response.status_code
    return response


def _take(request: HttpRequest, path: str) -> dict | None:
    """What this person typed for the page, which is then kept no longer."""
    store = _store(request)
    kept = store.get(FORMS, {}).get(path)
    if kept is None or kept["writer"] != _opaque(request.user.pk, "writer"):
        return None
    _save(store, {p: k for p, k in store[FORMS].items() if p != path})
    return kept


def _forget_at_sign_out(request: HttpRequest) -> None:
    if COOKIE in request.COOKIES and request.resolver_match.url_name == "account_logout":
        store = _store(request)
        own = _opaque(request.user.pk, "writer") if request.user.is_authenticated else ""
        _save(store, {p: k for p, k in store.get(FORMS, {}).items() if k["writer"] != own})


def _save(store: SessionStore, forms: dict) -> None:
    if forms:
        store[FORMS] = forms
        store.save()
    elif store.session_key:
        store.delete()


def _store(request: HttpRequest) -> SessionStore:
    """The forms kept for this browser; a key of any other session opens nothing."""
    store = SessionStore(request.COOKIES.get(COOKIE))
    return store if store.get(FORMS) else SessionStore()
