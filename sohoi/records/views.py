"""Pages of the records app: the last act on a record is taken back."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sohoi.kit.policies import signed_in
from sohoi.kit.refusals import Refused
from sohoi.records import undo as taking_back


@signed_in
@require_POST
def undo(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """From the button in the message; what she may not write is not there."""
    model = taking_back.model_of(kind)
    record = None
    try:
        at = datetime.fromtimestamp(float(request.GET.get("luc", "")), UTC)
        record = taking_back.undo(model, pk, at=at, by=request.user)
    except (ValueError, OverflowError, OSError):
        raise Http404 from None
    except Refused as refusal:
        messages.error(request, refusal.message)
        with suppress(model.DoesNotExist):
            record = model.objects.get(pk=pk)
    else:
        messages.success(request, _("Đã hoàn tác."))
    return redirect(record or f"{model._meta.app_label}:list")
