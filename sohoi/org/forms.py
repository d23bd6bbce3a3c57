"""Forms of the organisation: choosing a unit, and the plan of a reorganisation.

A unit is chosen among those the person may write to, never from a list of thousands.
"""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sohoi.org.choices import Tier
from sohoi.org.models import Reorganisation, Unit, UnitVersion, today
from sohoi.org.queries import Place, standing
from sohoi.ui.fields import DateField, TextField
from sohoi.ui.forms import Form

LARGEST_PLAN = 2_000_000


def writable_units(roots: Iterable[UUID], working: Place | None) -> list[tuple[str, str]]:
    """(id, name) of the units offered: communes below the working unit, or one's hamlets."""
    tiers = [Tier.COMMUNE]
    within = UnitVersion.objects.on(today()).under(roots)
    # A unit of the past cannot be written to; what follows it can.
    if working and standing(working.id, on=today()):
        within = within.under([working.id])
        if working.tier in (Tier.COMMUNE, Tier.BRANCH):
            tiers.append(Tier.BRANCH)
    rows = within.filter(kind__tier__in=tiers).order_by("kind__order", "sort_key")
    return [(str(unit_id), name) for unit_id, name in rows.values_list("unit_id", "name")]


class UnitField(forms.TypedChoiceField):
    """A unit among those that `writable_units` offers; cleans to a `Unit`."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", _("Đơn vị"))
        kwargs.setdefault("coerce", lambda pk: Unit(pk=UUID(pk)))
        super().__init__(**kwargs)

    def offer(
        self, roots: Iterable[UUID], working: Place | None, current: UUID | None = None
    ) -> None:
        """Set the choices; `current` stays offered even when the working unit is another."""
        offered = writable_units(roots, working)
        if current and str(current) not in dict(offered):
            name = (
                UnitVersion.objects.on(today())
                .filter(unit_id=current)
                .values_list("name", flat=True)
            )
            offered.insert(0, (str(current), name.first() or str(current)))
        self.choices = offered if len(offered) == 1 else [("", _("Chọn đơn vị")), *offered]


class PlanForm(Form):
    """A plan as a file; once read it stays on the page as text, to be corrected there.

    Cleans to `plan`, the bytes of the file or else of the text.
    """

    title = TextField(
        label=_("Văn bản quyết định việc sắp xếp"),
        max_length=Reorganisation._meta.get_field("title").max_length,
        help_text=_("Ví dụ: Nghị quyết số 202/2025/QH15 ngày 12/6/2025."),
    )
    on = DateField(label=_("Ngày hiệu lực"), years_ahead=2)
    file = forms.FileField(
        label=_("Tệp phương án"),
        required=False,
        allow_empty_file=True,
        help_text=_("Tệp CSV UTF-8, mỗi dòng một việc: found, merge, split, move, rename, close."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    content = TextField(
        label=_("Nội dung phương án"),
        required=False,
        strip=False,
        help_text=_("Sửa ngay tại đây rồi xem trước lại; hoặc chọn tệp khác ở trên."),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "wrap": "off"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["content"]
        self.fields["file"].required = not self.is_bound

    def clean(self) -> dict:
        data = super().clean()
        file, text = data.get("file"), data.get("content") or ""
        if file and file.size > LARGEST_PLAN:
            self.add_error("file", _("Tệp quá lớn. Một phương án không quá 2 MB."))
        elif file is not None:
            data["plan"] = file.read()
            # What was read comes back as text, so that nothing has to be chosen again.
            self.data = self.data.copy()
            self.data["content"] = data["plan"].decode("utf-8-sig", errors="replace")
        elif text.strip():
            data["plan"] = text.encode()
        elif "file" not in self.errors:
            self.add_error("file", _("Chọn tệp phương án."))
        return data
