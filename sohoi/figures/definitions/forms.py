"""Input of an indicator without code: first where its value comes from, then what that asks."""

from collections.abc import Mapping
from itertools import count
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sohoi.figures.catalogue.choices import SECTIONS
from sohoi.figures.catalogue.queries import used_by
from sohoi.figures.definitions import conditions
from sohoi.figures.definitions.actions import EDITABLE
from sohoi.figures.definitions.documents import ROUNDINGS
from sohoi.figures.definitions.rules import COUNTED_KINDS, DECLARED_KINDS
from sohoi.figures.models import IndicatorDefinition, SourceKind
from sohoi.kit import rooms
from sohoi.kit.indicators import KIND_TITLES, Declared, Kind, RecordKind
from sohoi.lib.text import fold
from sohoi.org.choices import Tier
from sohoi.org.models import today
from sohoi.ui.fields import DateField, TextField, WholeNumberField
from sohoi.ui.forms import Form

_TIERS = [(t.value, t.label) for t in (Tier.COMMUNE, Tier.DISTRICT, Tier.PROVINCE)]
_SCALES = [(1, _("số nguyên")), (10, _("một số lẻ")), (100, _("hai số lẻ")), (1000, _("ba số lẻ"))]
_WORDS = [("hơn", _("hơn")), ("trên", _("trên")), ("gần", _("gần"))]
_LEFT_OPEN = _("Để trống thì phần mềm ghi theo nguồn của con số.")


def source_choices() -> list[tuple[str, str]]:
    """`declared`, `count:<record kind>` for each kind of records, and what is made of others."""
    counts = [
        (f"{SourceKind.COUNT}:{kind.key}", gettext("Đếm hồ sơ: %(kind)s") % {"kind": kind.title})
        for kind in rooms.record_kinds().values()
    ]
    made = (SourceKind.RATE, SourceKind.TOTAL, SourceKind.UNITS_WITH)
    return [
        *counts,
        (SourceKind.DECLARED.value, gettext("Đơn vị khai trong báo cáo")),
        *((source.value, str(source.label).capitalize()) for source in made),
    ]


class SourceForm(Form):
    """Where the value comes from; the next page asks only what this source needs."""

    nguon = forms.ChoiceField(
        label=_("Con số lấy từ đâu?"),
        choices=source_choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn nơi lấy con số.")},
    )


class DefinitionForm(Form):
    """What every indicator has. A subclass adds what its source asks."""

    title_vi = TextField(label=_("Tên chỉ tiêu"), max_length=200)
    title_en = TextField(label=_("Tên tiếng Anh"), max_length=200, required=False)
    measure = TextField(label=_("Đơn vị tính"), max_length=30, required=False, help_text=_LEFT_OPEN)
    section = forms.ChoiceField(label=_("Mục của báo cáo"), choices=[*SECTIONS.items()])
    rounding_mode = forms.ChoiceField(
        label=_("Viết trong báo cáo"),
        choices=[*ROUNDINGS.items()],
        error_messages={"required": _("Chọn cách viết số.")},
    )
    rounding_step = WholeNumberField(
        label=_("Làm tròn xuống đến"),
        required=False,
        help_text=_("Ví dụ 100: số 137 được viết “hơn 100”."),
    )
    rounding_word = forms.ChoiceField(label=_("Từ đứng trước"), choices=_WORDS)
    parts = forms.MultipleChoiceField(
        label=_("Các chỉ tiêu cộng lại phải bằng chỉ tiêu này"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Chỉ để đối chiếu: số lệch thì báo mâu thuẫn, không số nào bị sửa."),
    )
    valid_from = DateField(label=_("Dùng từ ngày"), required=False, years_ahead=2)
    follows = forms.ModelChoiceField(
        label=_("Thay cho chỉ tiêu đã ngừng"),
        queryset=IndicatorDefinition.objects.none(),
        required=False,
        empty_label=_("Không thay chỉ tiêu nào"),
    )
    note = TextField(
        label=_("Cách tính ghi thêm"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = TextField(
        label=_("Mã"),
        max_length=60,
        required=False,
        help_text=_("Để trống thì phần mềm đặt mã theo tên, ví dụ tinh.nha_ho_ngheo."),
    )
    ORDER = ("title_vi", "title_en")
    # The form's field beside which a refusal about the column stands.
    BESIDE: Mapping[str, str] = {}

    def __init__(
        self,
        *args: Any,
        owner: UUID,
        record_kind: str = "",
        definition: Any = None,
        meaning: bool = True,
        **kw,
    ) -> None:
        self.definition, self.record_kind, self.owner = definition, record_kind, owner
        if definition:
            kw["initial"] = self.initial_of(definition)
        super().__init__(*args, **kw)
        self.ask()
        ended = IndicatorDefinition.objects.filter(owner_id=owner, valid_to__isnull=False)
        self.fields["follows"].queryset = ended.filter(
            Q(followed_by=None) | Q(followed_by=definition)
        )
        if definition:
            del self.fields["key"]
        if not meaning:
            for name in set(self.fields) - EDITABLE:
                del self.fields[name]
        elif not self.fields["follows"].queryset.exists():
            del self.fields["follows"]
        self.order_fields(self.ORDER)

    def ask(self) -> None:
        """Set the choices that depend on the installation."""
        own = self.definition.key if self.definition else ""
        self.fields["parts"].choices = [c for c in self.indicators() if c[0] != own]

    def indicators(self, *, declared: bool = False) -> list[tuple[str, str]]:
        """What it can be made of: what its unit uses."""
        return [
            (key, f"{indicator.title} ({indicator.measure.title})")
            for key, indicator in used_by(self.owner, today(), today()).items()
            if not declared or isinstance(indicator.source, Declared)
        ]

    def initial_of(self, row: IndicatorDefinition) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}

    def add_error(self, field: str | None, error: Any) -> None:
        name = self.BESIDE.get(field, field)
        super().add_error(name if name in self.fields else None, error)

    def clean_key(self) -> str:
        return self.cleaned_data["key"] or _key_of(self.cleaned_data.get("title_vi", ""))

    def details(self) -> dict[str, Any]:
        """What the verbs of `definitions` take."""
        data = dict(self.cleaned_data)
        if "rounding_step" in data:
            data["rounding_step"] = data["rounding_step"] or 0
        if "measure" in data and getattr(self.definition, "measure", "") != data["measure"]:
            data["measure_en"] = ""
        return data


class DeclaredForm(DefinitionForm):
    """Units of one tier declare it."""

    tier = forms.ChoiceField(label=_("Cấp khai"), choices=_TIERS)
    kind = forms.ChoiceField(
        label=_("Loại số"), choices=[(k.value, KIND_TITLES[k]) for k in DECLARED_KINDS]
    )
    measure = TextField(
        label=_("Đơn vị tính"), max_length=30, help_text=_("Ví dụ: hộ. Tiền thì ghi VND.")
    )
    scale = forms.TypedChoiceField(label=_("Số lẻ"), choices=_SCALES, coerce=int)
    ORDER = ("title_vi", "title_en", "tier", "kind", "measure", "scale")
    source = SourceKind.DECLARED


class TotalForm(DefinitionForm):
    """The sum of others."""

    inputs = forms.MultipleChoiceField(
        label=_("Cộng các chỉ tiêu"),
        error_messages={"required": _("Chọn các chỉ tiêu để cộng.")},
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Cùng đơn vị tính và cùng loại số. Giữ Ctrl để chọn nhiều."),
    )
    ORDER = ("title_vi", "title_en", "inputs", "measure")
    source = SourceKind.TOTAL

    def ask(self) -> None:
        super().ask()
        self.fields["inputs"].choices = self.indicators()


class UnitsWithForm(DefinitionForm):
    """The number of units with something."""

    part = forms.ChoiceField(
        label=_("Có phát sinh ở chỉ tiêu"), error_messages={"required": _("Chọn chỉ tiêu.")}
    )
    tier = forms.ChoiceField(
        label=_("Đếm đơn vị"),
        choices=_TIERS,
        error_messages={"required": _("Chọn cấp đơn vị được đếm.")},
    )
    measure = TextField(label=_("Đơn vị tính"), max_length=30, help_text=_("Ví dụ: xã."))
    ORDER = ("title_vi", "title_en", "part", "tier", "measure")
    BESIDE: Mapping[str, str] = {"inputs": "part"}
    source = SourceKind.UNITS_WITH

    def ask(self) -> None:
        super().ask()
        self.fields["part"].choices = self.indicators(declared=True)

    def initial_of(self, row: IndicatorDefinition) -> dict[str, Any]:
        return super().initial_of(row) | {"part": row.inputs[0]}

    def details(self) -> dict[str, Any]:
        data = super().details()
        return data | ({"inputs": [data.pop("part")]} if "part" in data else {})


class RateForm(DefinitionForm):
    """One over another."""

    above = forms.ChoiceField(label=_("Tử số"))
    below = forms.ChoiceField(label=_("Mẫu số"))
    ORDER = ("title_vi", "title_en", "above", "below", "measure")
    BESIDE: Mapping[str, str] = {"inputs": "below"}
    source = SourceKind.RATE

    def ask(self) -> None:
        super().ask()
        self.fields["measure"].help_text = _(
            "Để trống thì phần mềm ghi: “%” khi hai số cùng đơn vị tính, “A trên B” khi khác."
        )
        for name in ("above", "below"):
            self.fields[name].choices = self.indicators()

    def initial_of(self, row: IndicatorDefinition) -> dict[str, Any]:
        above, below = row.inputs
        return super().initial_of(row) | {"above": above, "below": below}

    def details(self) -> dict[str, Any]:
        data = super().details()
        if "above" in data:
            data["inputs"] = [data.pop("above"), data.pop("below")]
        return data


class CountForm(DefinitionForm):
    """Records of one kind, by their own columns."""

    kind = forms.ChoiceField(label=_("Loại số"))
    date_column = forms.ChoiceField(
        label=_("Tính theo"),
        help_text=_("Ngày của hồ sơ nằm trong kỳ thì được tính."),
        error_messages={"required": _("Chọn ngày dùng để tính.")},
    )
    span = forms.ChoiceField(
        label=_("Hiện có: tính từ … đến trước …"),
        required=False,
        help_text=_("Chỉ dùng khi loại số là “hiện có đến ngày chốt”."),
    )
    started_on = DateField(
        label=_("Luỹ kế từ ngày"),
        required=False,
        years_back=None,
        help_text=_("Chỉ dùng khi loại số là “luỹ kế”."),
    )
    who_column = forms.ChoiceField(label=_("Mỗi đối tượng tính một lần"), required=False)
    amount_column = forms.ChoiceField(label=_("Đếm hay cộng"), required=False)
    OWN = ("kind", "date_column", "span", "started_on", "who_column", "amount_column")
    BESIDE: Mapping[str, str] = {"since_column": "span", "until_column": "span"}
    source = SourceKind.COUNT

    @property
    def of(self) -> RecordKind:
        return rooms.record_kinds()[self.record_kind]

    def ask(self) -> None:
        super().ask()
        of, fields = self.of, self.fields
        offered = {Kind.STOCK: of.spans, Kind.DISTINCT: of.who}
        fields["kind"].choices = [
            (k.value, KIND_TITLES[k]) for k in COUNTED_KINDS if offered.get(k, True)
        ]
        fields["date_column"].choices = [(day, of.title_of(day)) for day in of.days]
        fields["span"].choices = [("", _("Không dùng")), *_spans(of)]
        fields["who_column"].choices = [
            ("", _("Không dùng")),
            *((w, of.title_of(w)) for w in of.who),
        ]
        fields["amount_column"].choices = [
            ("", _("Đếm số hồ sơ")),
            *(
                (name, gettext("Cộng: %(what)s") % {"what": of.title_of(name)})
                for name in of.amounts
            ),
        ]
        for name, needed in (
            ("span", of.spans),
            ("who_column", of.who),
            ("amount_column", of.amounts),
        ):
            if not needed:
                del fields[name]
        asked = dict(conditions.fields_of(of))
        fields.update(asked)
        self.ORDER = ("title_vi", "title_en", *self.OWN, *asked, "measure")

    def initial_of(self, row: IndicatorDefinition) -> dict[str, Any]:
        initial = super().initial_of(row)
        initial["span"] = f"{row.since_column}/{row.until_column}" if row.since_column else ""
        return initial | conditions.initial_of(self.of, row.conditions)

    def add_error(self, field: str | None, error: Any) -> None:
        if field and field not in self.fields and f"{field}_from" in self.fields:
            field = f"{field}_from"
        super().add_error(field, error)

    def details(self) -> dict[str, Any]:
        data = super().details()
        asked = {name: data.pop(name) for name in [*data] if name.startswith("where_")}
        if "kind" not in data:
            return data
        since, _slash, until = data.pop("span", "").partition("/")
        kind = data["kind"]
        data["conditions"] = [*conditions.asked_of(self.of, asked)]
        data["record_kind"] = self.record_kind
        data["since_column"] = since if kind == Kind.STOCK else ""
        data["until_column"] = until if kind == Kind.STOCK else ""
        data["date_column"] = "" if kind == Kind.STOCK else data["date_column"]
        data["started_on"] = data["started_on"] if kind == Kind.SINCE else None
        data["who_column"] = data.get("who_column", "") if kind == Kind.DISTINCT else ""
        return data


_FORMS = (CountForm, DeclaredForm, TotalForm, UnitsWithForm, RateForm)
FORMS: dict[str, type[DefinitionForm]] = {form.source.value: form for form in _FORMS}


class CloseForm(Form):
    """From which day the indicator is no longer used."""

    on = DateField(label=_("Ngừng dùng từ ngày"))


def _key_of(title: str) -> str:
    """Made of the title; another province may have one of the same title."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(title)).split()
    key = "tinh." + "_".join(words).lstrip("0123456789_")[:40].rstrip("_")
    taken = {*IndicatorDefinition.objects.values_list("key", flat=True)}
    others = (f"{key}_{number}" for number in count(2))
    return key if key not in taken else next(other for other in others if other not in taken)


def _spans(of: RecordKind) -> list[tuple[str, str]]:
    return [
        (
            f"{since}/{until}",
            gettext("từ %(since)s đến trước %(until)s")
            % {"since": of.title_of(since), "until": of.title_of(until)},
        )
        for since, until in of.spans
    ]
