"""Pages of the records app: the last act on a record is taken back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from sohoi.audit.pages import undo_page
from sohoi.kit.policies import signed_in
from sohoi.records import undo as taking_back


@signed_in
@require_POST
def undo(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """From the button in the message; what she may not write is not there."""
    model = taking_back.model_of(kind)

    def back() -> str:
        record = model.objects.filter(pk=pk).first()
        room = model._meta.app_label
        return record.get_absolute_url() if record else reverse(f"{room}:list")

    return undo_page(
        request,
        undo=lambda at: taking_back.undo(model, pk, at=at, by=request.user),
        back=back,
    )
