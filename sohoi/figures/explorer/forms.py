"""Input of the explorer: which figures, of which units and periods, laid out how."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sohoi.figures.asking.queries import usual_day
from sohoi.figures.asking.rules import DAY, NOW, PERIOD, THEN, TREE, UNIT, Question
from sohoi.figures.catalogue.choices import SECTIONS, order_of
from sohoi.figures.explorer.queries import INDICATORS, PERIODS, UNITS, Answer, Exploration, layouts
from sohoi.figures.reading.documents import period_title, tree_text
from sohoi.figures.reading.queries import offered
from sohoi.kit.indicators import Indicator
from sohoi.lib import dates
from sohoi.lib.periods import PARTS, Period, parse_period, terms_between
from sohoi.ui.fields import DateField
from sohoi.ui.forms import Form

DIMENSION_TITLES = {INDICATORS: _("chỉ tiêu"), UNITS: _("đơn vị"), PERIODS: _("kỳ")}
_UNITS = [
    ("own", _("Chỉ đơn vị này")),
    ("below", _("Các đơn vị trực thuộc")),
    ("both", _("Đơn vị này và các đơn vị trực thuộc")),
]
_COMPARE = [
    ("year", _("So với cùng kỳ năm trước")),
    ("years", _("Cùng kỳ của năm năm liền")),
    ("quarters", _("Từng quý trong kỳ")),
    ("months", _("Từng tháng trong kỳ")),
]
_TREES = [
    (THEN, _("Theo đơn vị khi đó")),
    (NOW, _("Theo đơn vị hiện nay")),
]
CHARTS = [
    ("none", _("Không vẽ")),
    ("line", _("Đường theo kỳ")),
    ("bar", _("Cột theo đơn vị")),
    ("map", _("Bản đồ theo đơn vị")),
]
# What is shown before anything was chosen: the figures of the first section that has any.
_DEFAULTS = {
    "xem": "own",
    "so": "year",
    "bang": f"{INDICATORS}-{PERIODS}",
    "ve": "none",
}


class ExplorerForm(Form):
    """Sent by GET, so that an answer has an address that can be kept and sent on."""

    don_vi = forms.CharField(widget=forms.HiddenInput)
    ky = forms.ChoiceField(label=_("Kỳ"))
    ngay = DateField(
        label=_("Chốt số đến ngày"),
        required=False,
        years_back=None,
        help_text=_("Ví dụ 14/7/2023. Để trống: ngày cuối kỳ."),
    )
    xem = forms.ChoiceField(label=_("Đơn vị"), choices=_UNITS)
    so = forms.ChoiceField(label=_("So sánh theo thời gian"), choices=_COMPARE)
    cay = forms.ChoiceField(label=_("Xếp theo"), choices=_TREES)
    bang = forms.ChoiceField(label=_("Hàng và cột của bảng"))
    ve = forms.ChoiceField(label=_("Hình vẽ"), choices=CHARTS)
    hinh = forms.ChoiceField(label=_("Chỉ tiêu được vẽ"))
    chi_tieu = forms.MultipleChoiceField(
        label=_("Chỉ tiêu"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: QueryDict, *, question: Question, first_year: int, today: date
    ) -> None:
        """What the question says is shown as it says it; the rest as the address has it."""
        self.asked, period = question, question.period
        indicators = sorted(offered(question), key=lambda i: order_of(i.section))
        self.first = [i.key for i in indicators if i.section == indicators[0].section]
        keys = data.getlist("chi_tieu") or self.first
        usual = usual_day(question.unit.id, period)
        shown = {
            UNIT: question.unit.id,
            PERIOD: period.key,
            DAY: "" if question.day == usual else dates.short(question.day),
            TREE: question.parameters.get(TREE, THEN),
            "chi_tieu": keys,
        }
        super().__init__({"hinh": keys[0], **_DEFAULTS, **data.dict(), **shown})
        self.fields[PERIOD].choices = period_choices(period, first_year, today)
        if shown[TREE] not in (THEN, NOW):
            self.fields[TREE].choices += [(shown[TREE], tree_text(question).capitalize())]
        self.fields["chi_tieu"].choices = _by_section(indicators)
        self.fields["hinh"].choices = [(i.key, i.title) for i in indicators]
        self.fields["bang"].choices = [
            (f"{rows}-{columns}", layout_title(rows, columns)) for rows, columns in layouts()
        ]

    def exploration(self) -> Exploration:
        """What was asked; a field with a mistake counts as not asked."""
        self.full_clean()
        values: dict[str, Any] = {**_DEFAULTS, "chi_tieu": self.first} | self.cleaned_data
        return Exploration(
            question=self.asked,
            keys=tuple(values["chi_tieu"]),
            units=values["xem"],
            compare=values["so"],
        )

    def stem(self, answer: Answer) -> str:
        """What names a file beside its question: 'homes.built', '12-chi-tieu-below-years'."""
        indicators, asked = answer.indicators, answer.asked
        what = indicators[0].key if len(indicators) == 1 else f"{len(indicators)}-chi-tieu"
        chosen = (asked.units, asked.compare)
        return "-".join([what, *(one for one in chosen if one not in _DEFAULTS.values())])

    def facts(self, answer: Answer) -> dict[str, str]:
        """What a workbook says was chosen, in the words of the form."""
        return {
            gettext("Chỉ tiêu"): "; ".join(str(one.title) for one in answer.indicators),
            gettext("Đơn vị trong bảng"): str(dict(_UNITS)[answer.asked.units]),
            gettext("So sánh"): str(dict(_COMPARE)[answer.asked.compare]),
            gettext("Hàng và cột của bảng"): layout_title(*self.layout),
        }

    @property
    def chosen_count(self) -> int:
        return len(self.cleaned_data.get("chi_tieu", self.first))

    @property
    def layout(self) -> tuple[str, str]:
        rows, columns = self.cleaned_data.get("bang", _DEFAULTS["bang"]).split("-")
        return rows, columns


def layout_title(rows: str, columns: str) -> str:
    return gettext("%(rows)s × %(columns)s") % {
        "rows": str(DIMENSION_TITLES[rows]).capitalize(),
        "columns": DIMENSION_TITLES[columns],
    }


def period_choices(chosen_period: Period, first_year: int, day: date) -> list[tuple[str, list]]:
    """Every year since the first, with halves and quarters; months of the chosen one; terms."""
    own = chosen_period.start.year
    years = range(max(day.year, own), min(first_year, own) - 1, -1)
    coarse = [part for part in PARTS if part[:1] != "M"]
    groups = [
        (
            str(year),
            [_choice(f"{year}-{part}".rstrip("-")) for part in (PARTS if year == own else coarse)],
        )
        for year in years
    ]
    terms = {*terms_between(date(years[-1], 1, 1), date(years[0], 12, 31))}
    if chosen_period.kind == "term":
        terms.add(chosen_period.key)
    return [*groups, (gettext("Nhiệm kỳ"), [_choice(key) for key in sorted(terms)])]


def _choice(key: str) -> tuple[str, str]:
    return key, period_title(parse_period(key))


def _by_section(indicators: list[Indicator]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for indicator in indicators:
        title = str(SECTIONS.get(indicator.section, indicator.section))
        groups.setdefault(title, []).append((indicator.key, indicator.title))
    return [*groups.items()]
