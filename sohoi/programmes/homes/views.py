"""Pages of the homes room."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sohoi.kit.policies import requires
from sohoi.lib import money
from sohoi.programmes.homes import documents
from sohoi.programmes.homes.actions import may_recall
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.models import Contribution, Home
from sohoi.records import life_pages, pages


@requires("homes.view")
def home_list(request: HttpRequest) -> HttpResponse:
    return pages.list_page(
        request,
        Home,
        columns=documents.COLUMNS,
        filters=documents.FILTERS,
        empty_title=_("Chưa có căn nhà nào"),
        empty_text=_(
            "Khi chi hội tìm được hộ cần nhà, bấm “Đề nghị một căn nhà” để ghi hồ sơ đầu tiên."
        ),
    )


@pages.about(Home, "homes.view")
def home_detail(request: HttpRequest, home: Home) -> HttpResponse:
    hers = not request.user.may("homes.decide", home.unit_id) and may_recall(home, request.user)
    return pages.record_page(
        request,
        home,
        columns=documents.FACTS,
        tables=[documents.CONTRIBUTIONS],
        links=[pages.Link(_("Rút đề nghị"), "homes.recall")] if hers else [],
    )


@requires("homes.edit")
def home_create(request: HttpRequest) -> HttpResponse:
    return pages.create_page(request, Home, "homes.propose")


@pages.about(Home, "homes.edit")
def home_edit(request: HttpRequest, home: Home) -> HttpResponse:
    return pages.edit_page(request, home)


@pages.about(Home, "homes.decide")
def home_step(request: HttpRequest, home: Home) -> HttpResponse:
    return life_pages.step_page(request, home, only={"minutes": (State.HANDED_OVER,)})


@pages.about(Home, "homes.decide")
def home_correct(request: HttpRequest, home: Home) -> HttpResponse:
    return life_pages.correct_page(request, home)


@pages.about(Home, "homes.decide")
def home_take_back(request: HttpRequest, home: Home) -> HttpResponse:
    return life_pages.take_back_page(request, home)


@pages.about(Home, "homes.decide")
def home_withdraw(request: HttpRequest, home: Home) -> HttpResponse:
    told = _("Căn nhà không còn được tính là đang thực hiện.")
    return life_pages.end_page(request, home, consequences=[told])


@pages.about(Home, "homes.edit")
def home_recall(request: HttpRequest, home: Home) -> HttpResponse:
    told, called = _("Đề nghị được ghi là không thực hiện kể từ hôm nay."), _("Rút đề nghị")
    return life_pages.end_page(
        request, home, verb="homes.recall", called=called, consequences=[told]
    )


@pages.about(Home, "homes.decide")
def add_contribution(request: HttpRequest, home: Home) -> HttpResponse:
    return pages.add_page(request, home, Contribution, "homes.add_contribution")


@pages.about(Contribution, "homes.decide")
def edit_contribution(request: HttpRequest, given: Contribution) -> HttpResponse:
    remove = "homes.remove_contribution"
    return pages.row_page(request, given, "homes.edit_contribution", remove=remove)


@pages.about(Contribution, "homes.decide")
def remove_contribution(request: HttpRequest, given: Contribution) -> HttpResponse:
    less = _("Tổng giá trị căn nhà giảm %(sum)s.") % {"sum": money.vnd(given.amount_vnd)}
    return pages.remove_page(request, given, "homes.remove_contribution", consequences=[less])
