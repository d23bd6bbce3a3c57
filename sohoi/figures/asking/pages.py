"""Pages that answer a question: their address carries the whole of it."""

from collections.abc import Iterator
from contextlib import suppress
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sohoi.accounts.workplace import CHOOSER
from sohoi.figures.asking.queries import ask, period_asked
from sohoi.figures.asking.rules import DAY, PARTS, PERIOD, TREE, UNIT, Question, WrongQuestion
from sohoi.kit.policies import View
from sohoi.lib.periods import Period
from sohoi.org import queries as units
from sohoi.org.models import today


def asking(view: View) -> View:
    """Gives the view `request.question`, under a policy that `requires` a permission.

    An address that leaves a part out is answered by the whole one, where her last unit and period
    stand in for it; nothing is written under half a question. Raises WrongQuestion.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        question = question_of(request)
        told = {name for name, value in request.GET.items() if value}
        # The last day of a period needs no telling, and a page that is asked for often no detour.
        if question.parameters.keys() - told - ({DAY} if question.is_whole_period else set()):
            if request.method not in ("GET", "HEAD"):
                said = _("Trang này đã cũ nên không rõ là của đơn vị và kỳ nào. Mở lại trang.")
                raise WrongQuestion(said, field=PERIOD)
            return redirect(f"{request.path}?{_whole(request, question)}")
        request.question = question
        request.workplace.keep(question.unit.id, question.period)
        return view(request, *args, **kwargs)

    return asked


def _whole(request: HttpRequest, question: Question) -> str:
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        if name not in {*PARTS, *CHOOSER}
        for value in values
    ]
    return urlencode([*question.parameters.items(), *kept])


def question_of(request: HttpRequest) -> Question:
    """What the address asks; where it names no unit or period, what she looked at last."""
    asked, roots = request.GET, request.user.reach(request.permission)
    period = period_asked(_period_text(request) or request.workplace.period)
    parts = {"day": asked.get(DAY), "tree": asked.get(TREE), "roots": roots}
    if unit := asked.get(UNIT):
        return ask(unit, period, **parts)
    for unit in _proposed(request, roots, period):
        with suppress(WrongQuestion):
            return ask(unit, period, **parts)
    # None of hers can be asked: what is wrong is said of her own.
    return ask(roots[0], period, **parts)


def _period_text(request: HttpRequest) -> str:
    """Year and part are two small lists; a term of office stands among the years."""
    year, part = (request.GET.get(name, "") for name in CHOOSER)
    chosen = f"{year}-{part}" if year and part and ":" not in year else year
    return request.GET.get(PERIOD) or chosen


def _proposed(request: HttpRequest, roots: list[UUID], period: Period) -> Iterator[UUID | str]:
    """Her last unit; else her own; where that did not stand yet, the one that was hers then: an
    officer of a province that was merged opens on her own province of that time."""
    if last := request.workplace.last_unit:
        yield last
    own, day = roots[0], min(period.end, today())
    if not units.place_on(own, day):
        yield from (held.unit_id for held in request.user.appointments_on(day))
        yield units.place_of(own).code
    yield own
