"""The page behind the button "Hoàn tác" of a message, called by the views of each app."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sohoi.audit.undo import MOMENT
from sohoi.kit.refusals import Refused


def undo_page(
    request: HttpRequest, *, undo: Callable[[datetime], Any], back: Callable[[], str]
) -> HttpResponse:
    """What was done at the moment in the address is taken back, or the reason told why not; then
    to `back()`, which is asked afterwards: the thing may be gone."""
    try:
        at = datetime.fromtimestamp(float(request.GET.get(MOMENT, "")), UTC)
    except (ValueError, OverflowError, OSError):
        raise Http404 from None
    try:
        undo(at)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã hoàn tác."))
    return redirect(back())
