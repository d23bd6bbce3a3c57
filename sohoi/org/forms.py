"""Forms of the organisation: choosing a unit, and the plan of a reorganisation.

A unit is chosen among those the person may write to, never from a list of thousands.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sohoi.org import picking
from sohoi.org.models import Reorganisation, Unit, UnitVersion
from sohoi.org.picking import FEW, Offer, writable
from sohoi.org.queries import Place
from sohoi.ui.fields import DateField, TextField
from sohoi.ui.forms import Form

LARGEST_PLAN = 2_000_000


class UnitSearchRadio(forms.Widget):
    """A search among the offered units, and what it found to choose from. Without script the
    button sends the form, which comes back with what was found."""

    template_name = "org/picker.html"
    asks_for_parts = True
    offer: Offer | None = None
    kept: UUID | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        return {
            "unit": data.get(name, ""),
            "text": data.get(f"{name}-text", ""),
            "searched": f"{name}-find" in data,
        }

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def id_for_label(self, id_: str, index: int | None = None) -> str:
        return f"{id_}_text"

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        given = value if isinstance(value, dict) else {"unit": value, "text": ""}
        choices = picking.shown(self.offer, given["text"], given["unit"], self.kept)
        return (
            super().get_context(name, value, attrs)
            | choices
            | {
                "name": name,
                "text": given["text"],
                "signed": self.offer.sign(),
                "described": (attrs or {}).get("aria-describedby", ""),
            }
        )


class UnitField(forms.Field):
    """A unit among those offered; cleans to a `Unit`. Few are listed, many are searched; none is
    ever chosen by its code alone."""

    default_error_messages = {
        "required": _("Chọn đơn vị."),
        "unknown": _("Đơn vị này không có trong phạm vi được chọn. Tìm và chọn lại."),
        "choose": _("Chọn một đơn vị trong kết quả tìm bên dưới."),
        "none": _("Không có đơn vị nào khớp. Gõ một phần của tên, không cần dấu."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Đơn vị"))
        kwargs.setdefault("widget", UnitSearchRadio)
        super().__init__(**kwargs)
        self.offered: Offer | None = None
        self.kept: UUID | None = None

    def offer(
        self, roots: Iterable[UUID], working: Place | None, current: UUID | None = None
    ) -> None:
        """Units that records may be written to; `current` stays offered wherever it stands."""
        self.offer_of(writable(roots, working), current)

    def offer_of(self, offer: Offer, current: UUID | None = None) -> None:
        self.offered, self.kept = offer, current
        few = list(offer.versions()[: FEW + 1])
        if len(few) > FEW:
            self.widget.offer, self.widget.kept = offer, current
            return
        listed = [(str(v.unit_id), label) for v, label in zip(few, _labels(few), strict=True)]
        if current and str(current) not in dict(listed):
            names = UnitVersion.objects.filter(unit_id=current).order_by("-valid_from")
            listed.insert(0, (str(current), names.values_list("name", flat=True).first() or "–"))
        first = [] if len(listed) == 1 else [("", _("Chọn đơn vị"))]
        self.widget = forms.Select(choices=[*first, *listed])
        self.widget.is_required = self.required

    def clean(self, value: Any) -> Unit | None:
        given = value if isinstance(value, dict) else {"unit": value, "text": "", "searched": False}
        if given["searched"] or (given["text"].strip() and not given["unit"]):
            matches = self.offered is not None and self.offered.matching(given["text"]).exists()
            raise self._refusal("choose" if matches else "none")
        if not given["unit"]:
            if self.required:
                raise self._refusal("required")
            return None
        return Unit(pk=self._known(given["unit"]))

    def _known(self, typed: Any) -> UUID:
        try:
            unit = UUID(str(typed))
        except ValueError as error:
            raise self._refusal("unknown") from error
        if unit == self.kept:
            return unit
        if self.offered is None or not self.offered.versions().filter(unit_id=unit).exists():
            raise self._refusal("unknown")
        return unit

    def _refusal(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


def _labels(versions: list[UnitVersion]) -> list[str]:
    """Names, with the unit above where not all stand below the same."""
    if len({version.parent_id for version in versions}) < 2:
        return [version.name for version in versions]
    return [
        f"{version.name} ({version.parent_name})" if version.parent_name else version.name
        for version in versions
    ]


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
