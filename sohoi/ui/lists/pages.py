"""The page function of a list: a view may call it, and stop calling it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from sohoi.kit.lists import Listing
from sohoi.ui.lists import asking, choosing, drawing, sheets


def list_page(
    request: HttpRequest,
    *,
    queryset: Any,
    listing: Listing,
    key: str,
    template: str = "ui/list.html",
    choose: Callable[[Any, asking.Asked], Any] = choosing.choose,
) -> HttpResponse:
    """Search, filters, order, columns, pages, files and print of `queryset`. With htmx only the
    list part is sent. What is sent by POST is kept, and the answer leads to the list so narrowed.

    `choose` is for rows that are no queryset: it does what is `asked` to them.
    """
    if request.method == "POST":
        return HttpResponseRedirect(asking.keep(request, listing, key))
    asked = asking.Asked(request, listing, key)
    rows = choose(queryset, asked)
    if (file := sheets.answer(asked, rows, key)) is not None:
        return file
    part = "ui/_list.html" if request.headers.get("HX-Request") else template
    return render(request, part, {"page": drawing.build(asked, rows)})
