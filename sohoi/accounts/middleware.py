"""Gives each request its workplace, and the columns and the language the person chose; answers what
a page refused."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.shortcuts import render
from django.utils import translation

from sohoi.accounts.columns import ChosenColumns
from sohoi.accounts.workplace import Workplace
from sohoi.kit.refusals import Refused


def workplace(get_response: Callable) -> Callable:
    """Nothing is read until a page asks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.workplace = Workplace(request)
        request.columns = ChosenColumns(request)
        return get_response(request)

    return middleware


class Refusals:
    """A refusal that no form of the page could say is said as a page of its own: an address that
    names a unit, a period or a day which is not there."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        if not isinstance(refusal, Refused):
            return None
        # The frame of the page reads the address, too.
        request.GET, request.workplace = QueryDict(), Workplace(request)
        context = {"message": refusal.message, "again": request.path}
        return render(request, "accounts/refused.html", context, status=422)


def chosen_language(get_response: Callable) -> Callable:
    """Vietnamese unless she chose another: office browsers are often English by accident.

    A filled form is read, and answered, in the language of its page, whatever she has chosen since
    in another tab: 1.234 is a thousand in one and little more than one in the other.
    """
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = _of_page(request) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def _of_page(request: HttpRequest) -> str:
    if request.method != "POST":
        return ""
    # A connection that broke is told of where the form is read.
    with suppress(UnreadablePostError):
        return request.POST.get("page_lang", "")
    return ""
