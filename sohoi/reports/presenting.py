"""How rounds and returns read on their pages: rows, chips, sections of a form, a return's life."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sohoi.figures.documents import amount_text
from sohoi.figures.sections import SECTIONS
from sohoi.kit.indicators import Indicator
from sohoi.lib import dates
from sohoi.org.choices import Tier
from sohoi.org.models import UnitVersion
from sohoi.org.queries import is_under
from sohoi.reports.choices import OPEN, TONES, State
from sohoi.reports.coverage import Coverage, Group, Row, coverage, differences_in
from sohoi.reports.forms import ReturnForm, reason_name
from sohoi.reports.models import Return, Round, Step
from sohoi.reports.queries import LineChange, line_changes

MOST_NAMED = 12


def period_title(asked: Round) -> str:
    title = asked.span.title("en" if get_language() == "en" else "vi")
    return title[:1].upper() + title[1:]


def round_rows(found: Iterable[Round], user: Any) -> list[dict]:
    """Rounds with their coverage and the person's own return, if she has one."""
    found = list(found)
    mine = {
        answer.round_id: answer
        for answer in Return.objects.filter(round__in=found, unit_id__in=user.reach("reports.fill"))
    }
    counts = dict(_accepted(found))
    return [
        {
            "asked": asked,
            "title": period_title(asked),
            "unit": asked.unit_name,
            "url": reverse("reports:round", args=[asked.pk]),
            "mine": mine.get(asked.pk),
            "mine_chip": _chip(mine[asked.pk]) if asked.pk in mine else None,
            "accepted": counts.get(asked.pk, (0, 0)),
        }
        for asked in found
    ]


def _accepted(found: list[Round]) -> Iterable[tuple]:
    rows = (
        Return.objects.filter(round__in=found, tier=Tier.COMMUNE)
        .values("round")
        .annotate(accepted=Count("pk", filter=Q(state=State.ACCEPTED)), expected=Count("pk"))
    )
    return ((row["round"], (row["accepted"], row["expected"])) for row in rows)


def _chip(answer: Return) -> dict:
    return {"text": answer.get_state_display(), "tone": TONES[answer.state]}


def coverage_page(asked: Round, user: Any, *, state: str = "", late: bool = False) -> dict:
    """The round as this person may see it: summary, contradictions, units by district.

    `state` and `late` narrow the units shown, never the summary.
    """
    reach = user.reach("reports.view")
    day = asked.cut_off
    whole = is_under(asked.unit_id, reach)
    within = None if whole else UnitVersion.objects.on(day).under(reach)
    seen = coverage(asked, within=within and within.values_list("unit_id", flat=True))
    chosen = {"state": state if state in State.values else "", "late": late}
    groups = [_group(group, chosen) for group in seen.groups]
    return {
        "title": period_title(asked),
        "summary": _summary(seen, chosen),
        "groups": [group for group in groups if group["rows"]],
        "upper": _rows(seen.upper, chosen),
        "is_filtered": bool(chosen["state"] or late),
        "is_wide": len(groups) > 1,
        "differences": _differences(asked, seen),
        "waiting": sum(row.answer.awaits_province for row in seen.rows),
    }


def _group(group: Group, chosen: dict) -> dict:
    expected = len(group.rows)
    return {
        "place": group.place,
        "sent": group.sent,
        "accepted": group.accepted,
        "expected": expected,
        "sent_width": 100 * group.sent // expected,
        "accepted_width": 100 * group.accepted // expected,
        "late": sum(row.is_late for row in group.rows),
        "rows": _rows(group.rows, chosen),
    }


def _rows(rows: list[Row], chosen: dict) -> list[dict]:
    return [
        {
            "name": row.place.name,
            "url": reverse("reports:return", args=[row.answer.pk]),
            "chip": _chip(row.answer),
            "is_late": row.is_late,
        }
        for row in rows
        if chosen["state"] in ("", row.state) and (row.is_late or not chosen["late"])
    ]


def _summary(seen: Coverage, chosen: dict) -> dict:
    """How many communes are accepted, and how many units are in each state, as filters."""
    communes = seen.communes
    states = [
        {
            "text": f"{state.label}: {number}",
            "tone": TONES[state],
            "query": f"tinh-trang={state}",
            "chosen": chosen["state"] == state,
        }
        for state in State
        if (number := sum(row.state == state for row in seen.rows))
    ]
    if number := sum(row.is_late for row in seen.rows):
        text = _("Quá hạn: %(number)s") % {"number": number}
        states.append(
            {"text": text, "tone": "wrong", "query": "qua-han=1", "chosen": chosen["late"]}
        )
    return {
        "accepted": sum(row.state == State.ACCEPTED for row in communes),
        "expected": len(communes),
        "states": states,
    }


def _differences(asked: Round, seen: Coverage) -> list[dict]:
    return [
        {
            "unit": found.row.place.name,
            "url": reverse("reports:return", args=[found.row.answer.pk]),
            "title": found.indicator.title,
            "text": found.text,
            "reason": found.reason,
        }
        for found in differences_in(asked, seen.rows)
    ]


def closing_consequences(asked: Round) -> list[str]:
    """What closing the round now means, naming units that would be left out."""
    sentences = [_("Không đơn vị nào sửa hay gửi được báo cáo của kỳ này nữa.")]
    left = asked.returns.exclude(state=State.ACCEPTED).named(on=asked.cut_off)
    names = [answer.unit_name for answer in left.order_by("tier", "unit_name")]
    if names:
        facts = {"count": len(names), "names": ", ".join(names[:MOST_NAMED])}
        several = len(names) > MOST_NAMED
        sentences.append(
            (
                _("%(count)s báo cáo chưa được chấp nhận sẽ không được tính: %(names)s …")
                if several
                else _("%(count)s báo cáo chưa được chấp nhận sẽ không được tính: %(names)s.")
            )
            % facts
        )
    return sentences


def form_sections(form: ReturnForm) -> list[dict]:
    """The fields of a return under the sections of the report, with the count beside."""
    sections: dict[str, list[dict]] = {}
    for indicator in form.indicators:
        reason = reason_name(indicator.key)
        count, value = form.counted.get(indicator.key), form.fields[indicator.key].initial
        sections.setdefault(indicator.section, []).append(
            {
                "field": form[indicator.key],
                "value": "" if value is None else amount_text(value, indicator.measure),
                "counted": "" if count is None else amount_text(count, indicator.measure),
                "count_url": reverse("figures:figure", args=[indicator.key]),
                "is_part": any(indicator.key in other.parts for other in form.indicators),
                "reason": form[reason] if reason in form.fields else None,
            }
        )
    return [{"title": SECTIONS.get(key, key), "rows": rows} for key, rows in sections.items()]


def life_of(answer: Return, moves: Iterable[Step], indicators: Iterable[Indicator]) -> list[dict]:
    """Newest first: every step with its reason, every save with before and after."""
    known = {indicator.key: indicator for indicator in indicators}
    saves = [_save_entry(changes, known) for changes in line_changes(answer)]
    steps = [
        {
            "when": localtime(step.at),
            "who": str(step.by or ""),
            "text": f"{step.get_state_display()}: {step.reason}"
            if step.reason
            else step.get_state_display(),
        }
        for step in moves
    ]
    # Sorting keeps the order of entries of one instant: first saved, then sent, then judged.
    return sorted([*saves, *steps], key=lambda entry: entry["when"])[::-1]


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
    days = {move.state: dates.short(localtime(move.at).date()) for move in moves}
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
