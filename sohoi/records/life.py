"""The life of a record: steps, each with the day it happened on; all else follows from the days."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import (
    Case,
    CharField,
    CheckConstraint,
    F,
    GeneratedField,
    Q,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sohoi.kit.refusals import Refused, ask_back
from sohoi.lib import dates
from sohoi.lib.doubts import Doubt
from sohoi.org.models import today


@dataclass(frozen=True)
class Step:
    """`day` is the date column. `after` is the column it may not precede, by default that of the
    step before; a step that is not `by_hand` follows from something else. `usual` is how many days
    it usually comes after the one before, least and most; beyond them somebody is asked."""

    state: TextChoices
    day: str
    tone: str = "plain"
    after: str = ""
    by_hand: bool = True
    usual: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Life:
    """`steps` in their order; `end`, with a reason, closes a life that has not come to the last.

    A life of one step ends from there. The state of a record is that of the latest step with a day.
    `act` is what officers do who end one, by default the word of that state.
    """

    steps: tuple[Step, ...]
    end: Step | None = None
    act: str = ""

    @property
    def ending(self) -> str:
        """What to end it is called."""
        return self.act or self.end.state.label

    @property
    def reason(self) -> str:
        """The column of the reason for which the life ended."""
        return self.end.day.removesuffix("_on") + "_reason"

    def state(self, *, max_length: int = 12) -> GeneratedField:
        """The column `state`, which follows from the days."""
        latest_first = [*([self.end] if self.end else []), *reversed(self.steps)]
        whens = (When(**{f"{s.day}__isnull": False}, then=Value(s.state)) for s in latest_first)
        words = type(self.steps[0].state).choices
        word = CharField(_lazy("tình trạng"), max_length=max_length, choices=words)
        return GeneratedField(expression=Case(*whens), output_field=word, db_persist=True)

    def constraints(self, prefix: str) -> list[CheckConstraint]:
        """No step is skipped, none precedes the one before; an end is last and has its reason."""
        rules = {
            f"{step.day}_in_order": Q(**{step.day: None})
            # NULL alone would pass a CHECK.
            | Q(**{f"{before}__isnull": False, f"{step.day}__gte": F(before)})
            for step, before in self._after()
        }
        if self.end:
            rules |= self._end_rules()
        return [CheckConstraint(condition=q, name=f"{prefix}_{n}") for n, q in rules.items()]

    def next(self, record: Any) -> Step | None:
        """The step that an officer records next; None when the life has ended."""
        if self.end and getattr(record, self.end.day):
            return None
        return next((s for s in self.steps if s.by_hand and not getattr(record, s.day)), None)

    def last(self, record: Any) -> Step | None:
        """What an officer recorded last and may take back; the first step is the record itself."""
        if self.end and getattr(record, self.end.day):
            return self.end
        by_hand = [s for s in self.steps[1:] if s.by_hand and getattr(record, s.day)]
        return by_hand[-1] if by_hand else None

    def may_end(self, record: Any) -> bool:
        return (
            self.end is not None
            and not getattr(record, self.end.day)
            and (len(self.steps) == 1 or not getattr(record, self.steps[-1].day))
        )

    def take(self, record: Any, step: str, on: date) -> None:
        """`step` happened on that day. Raises Refused when it is not next, ahead or too early."""
        following = self.next(record)
        if following is None or following.state != step:
            raise Refused(_("Bước này đã được ghi. Mở lại trang để xem bước hiện nay."))
        self._not_too_early(record, on, dict(self._after())[following])
        setattr(record, following.day, on)
        ask_back(*self.doubts(record, following, field="on"))

    def close(self, record: Any, on: date, reason: str) -> None:
        """The life ends here. Raises Refused once it has ended."""
        if not self.may_end(record):
            raise Refused(_("Hồ sơ đã kết thúc. Mở lại trang để xem."))
        days = [s.day for s in self.steps if getattr(record, s.day)]
        self._not_too_early(record, on, max(days, key=lambda day: getattr(record, day)))
        setattr(record, self.end.day, on)
        setattr(record, self.reason, reason)

    def correct(self, record: Any, step: str, on: date) -> None:
        """`step` happened on another day than was written. Raises Refused out of order."""
        taken = next((s for s in self.recorded(record) if s.state == step), None)
        if taken is None:
            raise Refused(_("Bước này chưa được ghi. Mở lại trang để xem."), field="step")
        not_ahead(on, "on")
        setattr(record, taken.day, on)
        ask_back(*self.doubts(record, taken, field="on"))
        for rule in (self.in_order, self._end_in_order):
            try:
                rule(record)
            except Refused as refusal:
                raise Refused(refusal.message, field="on") from None

    def take_back(self, record: Any, step: str) -> None:
        """The last step, or the end, was written by mistake. Raises Refused when it is not last."""
        last = self.last(record)
        if last is None or last.state != step:
            raise Refused(_("Chỉ gỡ được bước ghi sau cùng. Mở lại trang để xem bước hiện nay."))
        for step, before in self._after():
            if before == last.day and getattr(record, step.day):
                raise Refused(_("Đã có bước “%(step)s” sau bước này.") % {"step": step.state.label})
        setattr(record, last.day, None)
        if last is self.end:
            setattr(record, self.reason, "")

    def recorded(self, record: Any) -> list[Step]:
        """Steps with a day that somebody wrote, the end among them."""
        every = (*self.steps, *([self.end] if self.end else []))
        return [s for s in every if s.by_hand and getattr(record, s.day)]

    def in_order(self, record: Any) -> None:
        """Raises Refused beside a day that was corrected past the step after it."""
        for step, before in self._after():
            first, second = getattr(record, before), getattr(record, step.day)
            if first and second and first > second:
                raise Refused(
                    _("Ngày này không được sau bước “%(step)s” (%(day)s).")
                    % {"step": step.state.label, "day": dates.short(second)},
                    field=before,
                )

    def doubts(self, record: Any, *steps: Step, field: str = "") -> list[Doubt]:
        """What looks wrong in the days of these steps, by default of all."""
        found = []
        for step, before in self._after():
            first, day = getattr(record, before), getattr(record, step.day)
            if not (step.usual and first and day) or (steps and step not in steps):
                continue
            least, most = step.usual
            if not least <= (day - first).days <= most:
                told = {"step": step.state.label, "days": (day - first).days}
                told |= {"before": next(s.state.label for s in self.steps if s.day == before)}
                text = _("“%(step)s” chỉ %(days)d ngày sau “%(before)s”. Kiểm tra lại ngày.")
                if day == first:
                    text = _("“%(step)s” cùng ngày với “%(before)s”. Kiểm tra lại ngày.")
                if (day - first).days > most:
                    text = _("“%(step)s” tới %(days)d ngày sau “%(before)s”. Kiểm tra lại ngày.")
                found.append(Doubt(text % told, field=field or step.day))
        return found

    def at(self, record: Any) -> Step:
        """The step that the record's state is that of."""
        every = (*self.steps, *([self.end] if self.end else []))
        return next(step for step in every if step.state == record.state)

    def tone_of(self, record: Any) -> str:
        return self.at(record).tone

    def stepper(self, record: Any) -> list[dict]:
        """Each step with its day: done, current or to come. Nothing is current in a life that has
        ended, and no step that was passed over."""
        taken = [n for n, s in enumerate(self.steps) if getattr(record, s.day)]
        ended = self.end and getattr(record, self.end.day)
        ahead = () if ended else self.steps[max(taken, default=-1) + 1 :]
        current = next(iter(ahead), None)
        return [
            {
                "title": step.state.label,
                "text": dates.short(day) if (day := getattr(record, step.day)) else "",
                "state": "done" if day else "current" if step is current else "todo",
            }
            for step in self.steps
        ]

    def _after(self) -> list[tuple[Step, str]]:
        return [(step, step.after or before.day) for before, step in pairwise(self.steps)]

    def _end_rules(self) -> dict[str, Q]:
        days, end = [s.day for s in self.steps], self.end.day
        latest = Greatest(*days) if len(days) > 1 else F(days[0])
        name = end.removesuffix("_on")
        rules = {
            f"{name}_last": Q(**{end: None}) | Q(**{f"{end}__gte": latest}),
            f"{name}_with_reason": Q(**{end: None, self.reason: ""})
            | (Q(**{f"{end}__isnull": False}) & ~Q(**{self.reason: ""})),
        }
        if len(days) > 1:
            rules["not_both_ended"] = Q(**{end: None}) | Q(**{days[-1]: None})
        return rules

    def _end_in_order(self, record: Any) -> None:
        end = getattr(record, self.end.day) if self.end else None
        for step in self.steps if end else ():
            day = getattr(record, step.day)
            if day and day > end:
                raise Refused(
                    _("Ngày này không được sau bước “%(step)s” (%(day)s).")
                    % {"step": self.end.state.label, "day": dates.short(end)}
                )

    def _not_too_early(self, record: Any, on: date, column: str) -> None:
        not_ahead(on, "on")
        before = getattr(record, column)
        if on < before:
            title = next(s.state.label for s in self.steps if s.day == column)
            raise Refused(
                _("Ngày này trước bước “%(step)s” (%(day)s). Kiểm tra lại ngày.")
                % {"step": title, "day": dates.short(before)},
                field="on",
            )


def not_ahead(day: date, field: str) -> None:
    """Raises Refused for a day that has not come."""
    if day > today():
        raise Refused(
            _("Ngày này chưa tới. Ghi ngày việc đã xảy ra (hôm nay là %(day)s).")
            % {"day": dates.short(today())},
            field=field,
        )
