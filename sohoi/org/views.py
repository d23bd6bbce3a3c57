"""Pages of the organisation: the tree, where a person picks her working unit; reorganisations."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sohoi.kit.policies import requires, signed_in
from sohoi.kit.refusals import Refused
from sohoi.lib import dates
from sohoi.lib.periods import PeriodError, parse_period
from sohoi.org import picking, queries, reorganising
from sohoi.org.consequences import consequences, fault_rows
from sohoi.org.documents import facts_of, life_of, tree_rows
from sohoi.org.forms import PlanForm
from sohoi.org.judging import undivided
from sohoi.org.models import Reorganisation, UnitVersion, today
from sohoi.ui import export

MOST_FOUND = 60


def _day(request: HttpRequest) -> date:
    """The day in `ngay`, else today. Raises Refused for one that is none."""
    typed = request.GET.get("ngay", "")
    try:
        return dates.parse_date(typed, lang=get_language() or "vi") if typed else today()
    except dates.DateError as error:
        raise Refused(str(error), field="ngay") from error


def _links(request: HttpRequest, day: date) -> dict[str, str]:
    """The day in words; what links to other units carry; where picking one leads: to the figures
    of the period for which she came, else to her work there."""
    try:
        period = {"ky": parse_period(request.GET.get("ky", "")).key}
    except PeriodError:
        period = {}
    figures_url = f"{reverse('figures:board')}?{urlencode({**period, 'don_vi': ''})}"
    return {
        "day": dates.short(day),
        "asked": f"?{urlencode({'ngay': day.isoformat(), **period})}",
        "period": period.get("ky", ""),
        "figures_url": figures_url,
        "pick_url": figures_url if period else f"{reverse('accounts:tasks')}?don_vi=",
    }


def _roots(request: HttpRequest) -> list[UUID]:
    return [a.unit_id for a in request.user.appointments_today]


@signed_in
def tree(request: HttpRequest) -> HttpResponse:
    """Her units on a date with those below, and a search that ignores accents."""
    try:
        day = _day(request)
    except Refused as refusal:
        context = {"day": request.GET["ngay"], "day_error": refusal.message}
        return render(request, "org/tree.html", context, status=422)
    text = request.GET.get("q", "").strip()
    if request.GET.get("export") == "xlsx":
        return _workbook(request, day)
    matches = queries.search(text, _roots(request), on=day) if text else None
    context = {
        **_links(request, day),
        "search": text,
        "matches": matches[:MOST_FOUND] if text else None,
        "total": matches.count() if text else 0,
        "rows": [] if text else tree_rows(queries.tops(_roots(request), on=day), on=day),
    }
    template = "org/_found.html" if request.headers.get("HX-Request") else "org/tree.html"
    return render(request, template, context)


@signed_in
def pick(request: HttpRequest) -> HttpResponse:
    """What a search for a unit in a form found, among the units which that form offers."""
    try:
        offer = picking.Offer.read(request.GET.get("trong", ""))
    except signing.BadSignature as error:
        raise Http404 from error
    if not all(queries.is_under(root, _roots(request)) for root in offer.roots):
        raise Http404
    name = request.GET.get("ten", "unit")
    text, unit = request.GET.get(f"{name}-text", ""), request.GET.get(name, "")
    context = picking.shown(offer, text, unit) | {"name": name}
    return render(request, "org/_picked.html", context)


@signed_in
def below(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The units directly below one, opened in the tree."""
    day = _day(request)
    if not queries.is_under(pk, _roots(request)):
        raise Http404
    (row,) = tree_rows([pk], on=day)
    context = {"versions": row["below"], **_links(request, day)}
    return render(request, "org/_branches.html", context)


@signed_in
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One unit: what it is on the date, what is below it, and its life through time."""
    day = _day(request)
    if not UnitVersion.objects.filter(unit_id=pk).exists():
        raise Http404
    own = queries.place_of(pk, on=day)
    if not queries.is_under(pk, _roots(request)):
        raise Http404
    context = {
        "place": own,
        **_links(request, day),
        "crumbs": _crumbs(request, queries.line_of(pk, on=day) or [own]),
        "facts": facts_of(own, on=day),
        "children": UnitVersion.objects.on(day).filter(parent_id=pk).select_related("kind"),
        "life": life_of(pk),
        "may_see_figures": request.user.may("figures.view", pk),
    }
    return render(request, "org/unit.html", context)


def _crumbs(request: HttpRequest, line: list[queries.Place]) -> list[dict]:
    """From the top down; a unit above hers is named, its page is not hers to open."""
    seen = UnitVersion.objects.under(_roots(request)).filter(unit_id__in=[p.id for p in line])
    hers = set(seen.values_list("unit_id", flat=True)) - {line[-1].id}
    return [
        {"title": p.name, "url": reverse("org:unit", args=[p.id]) if p.id in hers else ""}
        for p in line
    ]


def _workbook(request: HttpRequest, day: date) -> HttpResponse:
    heads = [_("Mã"), _("Tên đơn vị"), _("Cấp"), _("Mã cấp trên"), _("Tên tưởng tượng")]
    versions = UnitVersion.objects.on(day).under(_roots(request))
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
    return export.attachment(content, f"don-vi-{day}.xlsx")


@requires("org.reorganise")
def reorganisations(request: HttpRequest) -> HttpResponse:
    """The plans that were applied, the latest first."""
    done = Reorganisation.objects.defer("content").select_related("applied_by")
    return render(request, "org/reorganisations.html", {"done": done})


@requires("org.reorganise")
def reorganise(request: HttpRequest) -> HttpResponse:
    """Read a plan, show its faults or its consequences; then, asked once more, apply it."""
    form = PlanForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "org/reorganise.html", {"form": form}, status=status)
    data, within = form.cleaned_data, request.user.reach("org.reorganise")
    content = data["plan"]
    if request.method == "POST" and "apply" in request.POST:
        try:
            reorganising.reorganise(
                content=content, on=data["on"], title=data["title"], by=request.user, within=within
            )
        except reorganising.PlanRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã áp dụng phương án sắp xếp đơn vị."))
            return redirect("org:reorganisations")
    plan = reorganising.preview(content, data["on"], within=within)
    context = _judged(plan) | {"form": form, "day": dates.short(data["on"])}
    return render(request, "org/reorganise.html", context, status=422 if plan.faults else 200)


def _judged(plan) -> dict:
    if plan.faults:
        return {"faults": fault_rows(plan), "total": len(plan.faults)}
    changes = reorganising.touched(plan), undivided(plan), reorganising.kept(plan)
    return {"groups": consequences(plan, *changes)}


@requires("org.reorganise")
def plan_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file of an applied plan, as it was read."""
    done = get_object_or_404(Reorganisation, pk=pk)
    name = f"sap-xep-{done.on}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    # Excel reads UTF-8 only with its mark.
    body = done.content.encode("utf-8-sig")
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)
