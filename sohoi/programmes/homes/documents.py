"""How a house reads in its list and on its page."""

from django.utils.translation import gettext_lazy as _

from sohoi.programmes.homes.models import LIFE, Contribution, Home
from sohoi.records.columns import MEND, UNIT, Act, Table, choices, column

COLUMNS = (
    column(Home.household),
    column(Home.code),
    UNIT,
    column(Home.work),
    column(Home.state, tone=LIFE.tone_of),
    column(Home.handed_over_on, title=_("Bàn giao")),
    column(Home.value_vnd, title=_("Giá trị")),
)
FILTERS = (choices("tinh-trang", Home.state), choices("loai", Home.work))
FACTS = (
    column(Home.household),
    UNIT,
    column(Home.poverty_class),
    column(Home.work),
    column(Home.area_m2),
    column(Home.labour_days),
    column(Home.value_vnd),
    column(Home.minutes),
    column(Home.also_counted_by),
    column(Home.withdrawn_reason),
    column(Home.note),
)
CONTRIBUTIONS = Table(
    title=_("Nguồn kinh phí"),
    columns=(
        column(Contribution.funder),
        column(Contribution.name),
        column(Contribution.amount_vnd),
    ),
    empty=_("Chưa ghi nguồn kinh phí nào."),
    add=_("Thêm nguồn kinh phí"),
    add_url="homes:contribution",
    acts=(Act(MEND, "homes:contribution_edit"),),
)
