"""How a return reads on its page: the fields with what stands beside them, its steps, its life."""

from collections.abc import Iterable

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.choices import SECTIONS
from sohoi.figures.reading.documents import amount_text
from sohoi.kit.indicators import VND, Indicator
from sohoi.kit.menu import address
from sohoi.lib import dates
from sohoi.reports.choices import OPEN, Act, State
from sohoi.reports.forms import ReturnForm, reason_name
from sohoi.reports.models import Return, Round, Step
from sohoi.reports.queries import LineChange, line_changes
from sohoi.reports.rules import Remark, doubts
from sohoi.reports.wording import fact


def form_sections(form: ReturnForm, question: Question) -> list[dict]:
    """The fields of a return under the sections of the report, with what stands beside each: the
    count, the period before, the same period a year ago, and what is odd about the value. A count
    leads to the figure of the question."""
    remarks = doubts(form.indicators, form.cells(), form.near.before)
    odd = {remark.indicator.key: remark for remark in remarks}
    parts = {key for indicator in form.indicators for key in indicator.parts}
    sections: dict[str, list[dict]] = {}
    for indicator in form.indicators:
        row = _row(form, indicator, odd.get(indicator.key))
        row["is_part"] = indicator.key in parts
        row["count_url"] = f"{address('figures:figure', indicator.key)}?{question.query}"
        sections.setdefault(indicator.section, []).append(row)
    return [{"title": SECTIONS.get(key, key), "rows": rows} for key, rows in sections.items()]


def _row(form: ReturnForm, indicator: Indicator, odd: Remark | None) -> dict:
    key, near = indicator.key, form.near
    count, value = near.counted.get(key), form.fields[key].initial
    field, reason = form[key], form[reason_name(key)]
    may_differ = bool(indicator.parts) or count is not None
    is_money = indicator.measure.symbol == VND.symbol
    earlier = {"before": near.last.get(key), "year_ago": near.year_ago.get(key)}
    return {
        "field": field,
        "value": "" if value is None else amount_text(value, indicator.measure),
        "counted": "" if count is None else amount_text(count, indicator.measure),
        # Beside a field in digits, as they are typed; beside a value as that is worded.
        **{name: amount_text(one, indicator.measure, noun=False) for name, one in earlier.items()},
        **{
            f"{name}_worded": amount_text(one, indicator.measure, noun=is_money)
            for name, one in earlier.items()
        },
        "doubt": fact(odd) if odd else "",
        "reason": reason if odd or may_differ or reason.value() else None,
        "reason_open": bool(odd or reason.value() or (may_differ and field.errors)),
    }


def before_titles(asked: Round) -> dict[str, str]:
    """The two periods a value is compared with; of a year they are the same one."""
    language = "en" if get_language() == "en" else "vi"
    before, year_ago = asked.span.previous(), asked.span.previous_year()
    return {
        "before": before.short(language),
        "year_ago": "" if year_ago == before else year_ago.short(language),
    }


def steps_taken(answer: Return) -> list[Step]:
    """The moves of a return, oldest first; a check where no district checks was nobody's."""
    moves = answer.steps.select_related("by")
    return [move for move in moves if answer.checker_id or move.state != State.CHECKED]


def taking_back(answer: Return) -> dict:
    """What taking back the last step is called and what it means."""
    facts = {"unit": answer.unit_name}
    title, consequence = {
        State.SUBMITTED: (
            _("Thu lại báo cáo đã gửi của %(unit)s"),
            _("Báo cáo trở lại như trước khi gửi, vẫn còn những gì đã điền; sửa xong thì gửi lại."),
        ),
        State.CHECKED: (
            _("Thu lại bước kiểm tra báo cáo của %(unit)s"),
            _("Báo cáo lại chờ huyện kiểm tra, tỉnh chưa chấp nhận được."),
        ),
        State.ACCEPTED: (
            _("Thu lại việc chấp nhận báo cáo của %(unit)s"),
            _("Số liệu của báo cáo thôi tính cho đến khi chấp nhận lại."),
        ),
        State.RETURNED: (
            _("Thu lại việc trả lại báo cáo của %(unit)s"),
            _("Báo cáo về đúng bước trước khi trả lại; đơn vị không phải sửa nữa."),
        ),
    }[State(answer.state)]
    return {"title": title % facts, "consequences": [consequence]}


def life_of(answer: Return, moves: Iterable[Step], indicators: Iterable[Indicator]) -> list[dict]:
    """Newest first: every step with its reason, every save with before and after."""
    known = {indicator.key: indicator for indicator in indicators}
    saves = [_save_entry(changes, known) for changes in line_changes(answer)]
    steps = [
        {"when": localtime(step.at), "who": str(step.by or ""), "text": _step_text(step, back_to)}
        for step, back_to in zip(moves, ["", *moves], strict=False)
    ]
    # Sorting keeps the order of entries of one instant: first saved, then sent, then judged.
    return sorted([*saves, *steps], key=lambda entry: entry["when"])[::-1]


def _step_text(step: Step, before: Step | str) -> str:
    words = {
        Act.MOVE: step.get_state_display(),
        Act.TAKEN_BACK: _("Thu lại bước “%(state)s”")
        % {"state": before.get_state_display() if before else ""},
        Act.REASON: _("Sửa lý do trả lại"),
    }[Act(step.act)]
    return f"{words}: {step.reason}" if step.reason else words


def _save_entry(changes: list[LineChange], known: dict[str, Indicator]) -> dict:
    last = changes[-1]
    first = [change for change in changes if change.before is None]
    rows = [
        row
        for change in changes
        if change.before is not None and change.indicator in known
        for row in _change_rows(change, known[change.indicator])
    ]
    filled = _("Điền %(count)s chỉ tiêu") % {"count": len(first)} if first else ""
    return {"when": localtime(last.at), "who": last.by, "text": filled, "changes": rows}


def _change_rows(change: LineChange, indicator: Indicator) -> list[dict]:
    measure, rows = indicator.measure, []
    if change.before.value != change.after.value:
        before, after = (
            amount_text(cell.value, measure, noun=False) for cell in (change.before, change.after)
        )
        rows.append({"field": indicator.title, "before": before, "after": after})
    if change.before.reason != change.after.reason:
        rows.append(
            {
                "field": _("Lý do, %(title)s") % {"title": indicator.title},
                "before": change.before.reason,
                "after": change.after.reason,
            }
        )
    return rows


def steps_of(answer: Return, moves: Iterable[Step], *, through_district: bool) -> list[dict]:
    """The stepper of a return, with the day of each step that is done."""
    titles = {
        State.DRAFT: _("Lập"),
        State.SUBMITTED: _("Gửi"),
        State.CHECKED: _("Huyện kiểm tra"),
        State.ACCEPTED: _("Tỉnh chấp nhận"),
    }
    if not through_district:
        del titles[State.CHECKED]
    days = {
        move.state: dates.short(localtime(move.at).date()) for move in moves if move.act == Act.MOVE
    }
    order = [State.DRAFT, State.SUBMITTED, State.CHECKED, State.ACCEPTED]
    reached = 0 if answer.state in OPEN else order.index(State(answer.state)) + 1
    left = [state for state in titles if order.index(state) >= reached]
    return [
        {
            "title": title,
            "text": "" if state in left else days.get(state, ""),
            "state": "done" if state not in left else "current" if state == left[0] else "todo",
        }
        for state, title in titles.items()
    ]
