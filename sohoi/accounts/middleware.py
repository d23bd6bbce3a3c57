"""Gives each request its workplace, and the columns and the language the person chose."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import translation

from sohoi.accounts.columns import ChosenColumns
from sohoi.accounts.workplace import Workplace


def workplace(get_response: Callable) -> Callable:
    """Nothing is read until a page asks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.workplace = Workplace(request)
        request.columns = ChosenColumns(request)
        return get_response(request)

    return middleware


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
