"""How a house reads in its list and on its page."""

from django.utils.translation import gettext_lazy as _

from sohoi.programmes.homes.models import Contribution, Home
from sohoi.records.columns import MEND, UNIT, Act, Table, choices, column, columns

HANDED_OVER = column(Home.handed_over_on, title=_("Bàn giao"))
VALUE = column(Home.value_vnd, title=_("Giá trị"))
COLUMNS = columns(Home.household, Home.code, UNIT, Home.work, Home.state, HANDED_OVER, VALUE)
FILTERS = (choices("tinh-trang", Home.state), choices("loai", Home.work))
WHO = columns(Home.household, UNIT, Home.poverty_class)
WHAT = columns(Home.work, Home.area_m2, Home.labour_days, Home.value_vnd, Home.minutes)
FACTS = (*WHO, *WHAT, *columns(Home.also_counted_by, Home.withdrawn_reason, Home.note))
CONTRIBUTIONS = Table(
    model=Contribution,
    title=_("Nguồn kinh phí"),
    columns=columns(Contribution.funder, Contribution.name, Contribution.amount_vnd),
    verb="homes.add_contribution",
    acts=(Act(MEND, "homes.edit_contribution"),),
)
