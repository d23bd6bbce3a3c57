"""Pages of the organisation: the tree, which is also where a person picks her working unit."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.kit import export
from sohoi.kit.policies import signed_in
from sohoi.lib import dates
from sohoi.org import queries
from sohoi.org.documents import facts_of, life_of, tree_rows
from sohoi.org.models import UnitVersion, today

MOST_FOUND = 60


def _day(request: HttpRequest):
    """The day in `ngay`, else the last day of the working period."""
    try:
        return dates.parse_date(request.GET["ngay"])
    except (KeyError, dates.DateError):
        return request.place.on


def _roots(request: HttpRequest) -> list[UUID]:
    return [a.unit_id for a in request.user.appointments_today]


@signed_in
def tree(request: HttpRequest) -> HttpResponse:
    """Her units on a date with those below, and a search that ignores accents."""
    day, text = _day(request), request.GET.get("q", "").strip()
    if request.GET.get("export") == "xlsx":
        return _workbook(request, day)
    found = queries.search(text, _roots(request), on=day) if text else None
    context = {
        "day": dates.short(day),
        "search": text,
        "found": found[:MOST_FOUND] if text else None,
        "total": found.count() if text else 0,
        "rows": [] if text else tree_rows(_roots(request), on=day),
    }
    template = "org/_found.html" if request.headers.get("HX-Request") else "org/tree.html"
    return render(request, template, context)


@signed_in
def below(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The units directly below one, opened in the tree."""
    day = _day(request)
    if not queries.is_under(pk, _roots(request), on=day):
        raise Http404
    (row,) = tree_rows([pk], on=day)
    context = {"versions": row["below"], "day": dates.short(day)}
    return render(request, "org/_branches.html", context)


@signed_in
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One unit: what it is on the date, what is below it, and its life through time."""
    day = _day(request)
    if not UnitVersion.objects.filter(unit_id=pk).exists():
        raise Http404
    own = queries.place(pk, on=day)
    if not queries.is_under(pk, _roots(request), on=day):
        raise Http404
    context = {
        "place": own,
        "day": dates.short(day),
        "crumbs": [
            {"title": p.name, "url": reverse("org:unit", args=[p.id])}
            for p in queries.line_of(pk, on=day)[:-1]
        ],
        "facts": facts_of(own, on=day),
        "children": UnitVersion.objects.on(day).filter(parent_id=pk).select_related("kind"),
        "life": life_of(pk),
        "may_see_figures": request.user.may("figures.view", pk),
    }
    return render(request, "org/unit.html", context)


def _workbook(request: HttpRequest, day) -> HttpResponse:
    heads = [_("Mã"), _("Tên đơn vị"), _("Cấp"), _("Mã cấp trên"), _("Tên tưởng tượng")]
    versions = UnitVersion.objects.on(day).under(_roots(request), on=day)
    codes = dict(versions.values_list("unit_id", "code"))
    rows = [
        [
            v.code,
            v.name,
            str(v.kind),
            codes.get(v.parent_id, ""),
            _("có") if v.unit.invented else "",
        ]
        for v in versions.select_related("kind", "unit").order_by("kind__order", "code")
    ]
    content = export.workbook(_("Đơn vị"), heads, rows, facts={_("Ngày"): dates.short(day)})
    return export.attachment(content, f"don-vi-{day or today()}.xlsx")
