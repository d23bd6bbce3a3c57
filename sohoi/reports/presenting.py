"""How a round reads on its pages: rows, chips, what contradicts, what closing it means."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sohoi.lib import dates
from sohoi.org.choices import Tier
from sohoi.org.models import UnitVersion
from sohoi.org.queries import is_under
from sohoi.reports.choices import TONES, State
from sohoi.reports.coverage import (
    Coverage,
    Group,
    Row,
    coverage,
    differences_in,
    doubtful,
)
from sohoi.reports.models import Return, Round, RoundStep
from sohoi.reports.wording import fact, with_reason

MOST_NAMED = 12


def period_title(asked: Round) -> str:
    title = asked.span.title("en" if get_language() == "en" else "vi")
    return title[:1].upper() + title[1:]


def round_rows(rounds: Iterable[Round], user: Any) -> list[dict]:
    """Rounds with their coverage and the person's own return, if she has one."""
    rounds = list(rounds)
    mine = {
        answer.round_id: answer
        for answer in Return.objects.filter(
            round__in=rounds, unit_id__in=user.reach("reports.fill")
        )
    }
    counts = dict(_accepted(rounds))
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
        for asked in rounds
    ]


def _accepted(rounds: list[Round]) -> Iterable[tuple]:
    rows = (
        Return.objects.filter(round__in=rounds, tier=Tier.COMMUNE)
        .values("round")
        .annotate(accepted=Count("pk", filter=Q(state=State.ACCEPTED)), expected=Count("pk"))
    )
    return ((row["round"], (row["accepted"], row["expected"])) for row in rows)


def _chip(answer: Return) -> dict:
    return {"text": answer.get_state_display(), "tone": TONES[answer.state]}


def coverage_page(asked: Round, user: Any, *, state: str = "", late: bool = False) -> dict:
    """The round as this person may see it: summary, contradictions, units by district.

    `state` and `late` narrow the units shown, never the summary. `highest` are the units above the
    communes in her sight, else her communes: what was issued of those below stands with their
    documents.
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
        "place": seen.province,
        "is_whole": whole,
        "highest": [row.place.id for row in seen.upper or seen.rows],
        "summary": _summary(seen, chosen),
        "groups": [group for group in groups if group["rows"]],
        "upper": _rows(seen.upper, chosen),
        "upper_title": upper_title({row.place.tier for row in seen.upper}),
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
            "unit": one.row.place.name,
            "url": reverse("reports:return", args=[one.row.answer.pk]),
            "title": one.remark.indicator.title,
            "text": fact(one.remark),
            "reason": one.reason,
        }
        for one in differences_in(asked, seen.rows)
    ]


def life_of_round(asked: Round) -> list[dict]:
    """Newest first: what happened to the round, with the days that were put right and why."""
    entries, held = [], None
    for step in asked.steps.select_related("by"):
        changes = [] if held is None else _moved_days(held, step)
        if step.reason:
            changes.append({"field": _("Lý do"), "before": "", "after": step.reason})
        entry = {"when": localtime(step.at), "who": str(step.by or "")}
        entries.append(entry | {"text": step.get_change_display(), "changes": changes})
        held = step
    return entries[::-1]


def _moved_days(held: RoundStep, step: RoundStep) -> list[dict]:
    return [
        {
            "field": RoundStep._meta.get_field(name).verbose_name,
            "before": dates.short(getattr(held, name)),
            "after": dates.short(getattr(step, name)),
        }
        for name in ("cut_off", "due")
        if getattr(held, name) != getattr(step, name)
    ]


def upper_title(seen_tiers: set[str]) -> str:
    """What the units above the communes are called: not every province has districts."""
    if Tier.DISTRICT not in seen_tiers:
        return _("Báo cáo của tỉnh")
    if Tier.PROVINCE not in seen_tiers:
        return _("Báo cáo của huyện")
    return _("Báo cáo của tỉnh và huyện")


def accepting_consequences(asked: Round, answers: Iterable[Return]) -> list[str]:
    """What accepting means, and which values are unlike the unit's own history."""
    answers = list(answers)
    sentences = [
        ngettext(
            "Số liệu của %(count)s báo cáo được tính vào số liệu của tỉnh.",
            "Số liệu của %(count)s báo cáo được tính vào số liệu của tỉnh.",
            len(answers),
        )
        % {"count": len(answers)}
    ]
    return sentences + doubt_sentences(asked, answers)


def doubt_sentences(asked: Round, answers: Iterable[Return]) -> list[str]:
    """Values unlike the units' own history, each with its unit and the reason given."""
    doubts = doubtful(asked, answers)
    told = [f"{answer.unit_name} – {with_reason(one, reason)}" for answer, one, reason in doubts]
    if len(told) > MOST_NAMED:
        more = _("… và %(count)s số khác thường nữa.") % {"count": len(told) - MOST_NAMED}
        return [*told[:MOST_NAMED], more]
    return told


def closing_consequences(asked: Round) -> list[str]:
    """What closing the round now means, naming units that would be left out."""
    sentences = [
        _("Không đơn vị nào sửa hay gửi được báo cáo của kỳ này nữa."),
        _("Số liệu, tên gọi, đơn vị và lời văn của kỳ giữ nguyên như lúc khoá."),
        _("Báo cáo, phụ lục và tin bài của tỉnh được phát hành thành tệp, từ đó giữ nguyên."),
    ]
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
