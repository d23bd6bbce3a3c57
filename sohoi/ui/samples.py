"""Invented samples for the gallery of components."""

from datetime import date, datetime
from operator import itemgetter

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sohoi.kit.lists import Column
from sohoi.ui.fields import DateField, MoneyField, TextField
from sohoi.ui.forms import Form
from sohoi.ui.lists.drawing import Rows
from sohoi.ui.templatetags.ui import ICONS


class SampleForm(Form):
    """One field of each sort; the gallery shows it with mistakes and with something unusual."""

    sealed = True
    name = TextField(label=gettext_lazy("Tên"), help_text=gettext_lazy("Như ghi trong sổ."))
    day = DateField(label=gettext_lazy("Ngày"))
    amount = MoneyField(label=gettext_lazy("Số tiền"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"),
        choices=[("one", gettext_lazy("Loại một")), ("two", gettext_lazy("Loại hai"))],
        widget=forms.RadioSelect,
    )
    note = TextField(
        label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    agreed = forms.BooleanField(label=gettext_lazy("Đã đọc"), required=False)


SAMPLE_COLUMNS = (
    Column(key="name", title=gettext_lazy("Tên"), value=itemgetter(0)),
    Column(key="day", title=gettext_lazy("Ngày"), value=itemgetter(1), kind="date"),
    Column(
        key="state",
        title=gettext_lazy("Tình trạng"),
        value=itemgetter(2),
        kind="chip",
        tone=itemgetter(4),
    ),
    Column(key="value", title=gettext_lazy("Giá trị"), value=itemgetter(3), kind="money"),
)
# Components that never change: name of the variable in the template -> sample.
FIXED = {
    "chips": [
        (gettext_lazy("Đã bàn giao"), "done"),
        (gettext_lazy("Sắp đến hạn"), "due"),
        (gettext_lazy("Trả lại"), "wrong"),
        (gettext_lazy("Đã duyệt"), "info"),
        (gettext_lazy("Đề nghị"), "plain"),
    ],
    "steps": [
        {"title": gettext_lazy("Đề nghị"), "text": "2/3/2023", "state": "done"},
        {"title": gettext_lazy("Duyệt"), "text": "9/3/2023", "state": "done"},
        {"title": gettext_lazy("Khởi công"), "text": "", "state": "current"},
        {"title": gettext_lazy("Bàn giao"), "text": "", "state": "todo"},
    ],
    "tasks": {
        "rows": [
            {
                "task": {
                    "title": gettext_lazy("Việc mẫu đã quá hạn"),
                    "url": "#tasks",
                    "unit": gettext_lazy("Đơn vị mẫu"),
                    "detail": "MA-0001",
                },
                "chip": {"text": gettext_lazy("Quá hạn 2/3/2023"), "tone": "wrong"},
            },
            {
                "task": {
                    "title": gettext_lazy("Việc mẫu không có hạn"),
                    "url": "#tasks",
                    "unit": gettext_lazy("Đơn vị mẫu"),
                },
                "chip": {"text": gettext_lazy("Không có hạn"), "tone": "plain"},
            },
        ],
        "more_text": gettext_lazy("Còn 4 việc nữa: xem tất cả"),
        "more_url": "#tasks",
    },
    "entries": [
        {
            "when": datetime(2023, 7, 14, 8, 30),
            "who": gettext_lazy("Cán bộ mẫu"),
            "what": "update",
            "changes": [{"field": gettext_lazy("Diện tích"), "before": 36, "after": 45}],
        },
        {"when": datetime(2023, 7, 10, 9, 5), "who": "", "what": "insert", "changes": []},
    ],
    "crumbs": [
        {"title": gettext_lazy("Danh sách mẫu"), "url": "#list"},
        {"title": gettext_lazy("Hồ sơ mẫu")},
    ],
    "facts": [
        {"title": gettext_lazy("Tên"), "text": gettext_lazy("Hồ sơ mẫu"), "url": ""},
        {"title": gettext_lazy("Đơn vị"), "text": gettext_lazy("Đơn vị mẫu"), "url": "#tree"},
        {"title": gettext_lazy("Diện tích"), "text": "45 m²", "url": ""},
    ],
}


def samples() -> dict:
    """What the gallery places on the page."""
    icons = sorted(path.stem for path in ICONS.glob("*.svg"))
    return {"tiles": _tiles(), "page": _page(), "icons": icons, **FIXED}


def _tiles() -> list[dict]:
    figure = {
        "title": _("Chỉ tiêu mẫu"),
        "value_text": "2.370",
        "measure": _("thành viên"),
        "basis_text": _("đếm từ sổ"),
        "coverage_text": _("97/100 đơn vị đã báo cáo"),
        "as_at_text": "8:30 14/7/2023",
        "url": "#tile",
    }
    return [
        figure,
        figure | {"value_text": "41,5 tỷ đồng", "measure": "", "basis_text": _("đơn vị khai")},
        figure
        | {"value_text": "772", "measure": _("hộ"), "warning": _("Các phần cộng lại là 682.")},
        figure | {"value_text": "–", "coverage_text": "", "as_at_text": _("chưa có số liệu")},
    ]


def _page() -> dict:
    """What `sohoi.ui.lists` gives to `ui/_list.html`."""
    rows = (
        (_("Hồ sơ mẫu A"), date(2023, 7, 14), _("Đã bàn giao"), 66_000_000, "done"),
        (_("Hồ sơ mẫu B"), date(2023, 3, 2), _("Sắp đến hạn"), 8_250_000, "due"),
        (_("Hồ sơ mẫu C"), date(2023, 3, 9), _("Trả lại"), None, "wrong"),
    )
    return {
        "title": _("Danh sách mẫu"),
        "columns": [
            {"title": column.title, "numeric": column.is_numeric, "sort_url": "#list"}
            for column in SAMPLE_COLUMNS
        ],
        "rows": Rows(list(rows), SAMPLE_COLUMNS, lambda row: "#list"),
        "total": len(rows),
        "total_text": str(len(rows)),
        "choices": [
            {"key": column.key, "title": column.title, "chosen": True}
            for column in SAMPLE_COLUMNS[1:]
        ],
        "export_url": "#list",
        "full_url": "#list",
        "print_url": "#list",
        "pages": {"count": 2, "number": 1, "first_item": 1, "last_item": 3, "next_url": "#list"},
    }
