"""Records as tests make them: a room gives columns, its verbs and its life say all the rest."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from inspect import signature
from typing import Any

from sohoi.kit.rooms import verbs
from sohoi.kit.testing import Act
from sohoi.kit.verbs import Verb
from sohoi.lib.doubts import believing
from sohoi.org.models import today
from sohoi.records.forms import EndForm, StepForm, TakeBackForm
from sohoi.records.life import Life, Step
from sohoi.records.models import Record, Row
from sohoi.ui.fields import TextField
from sohoi.ui.forms import ReasonForm

WHY = "Ghi nhầm"
A_STEP, A_WHILE = timedelta(days=30), timedelta(days=8)


@dataclass(frozen=True)
class Specimen:
    """A record of a room and its rows, on which the tests of the whole try what no room may get
    wrong, and of which the room's own tests make theirs.

    `columns` begin a record; `code` is how its code begins. `rows` are the kinds of its rows, each
    with the verb that adds one and its columns; one that is called is asked of the record. `stands`
    is the step it must have come to for a row to be added, by default the first. `asked` names who
    is given a task by one that stands there.
    """

    room: str
    columns: Mapping[str, Any]
    code: str
    rows: Mapping[type[Row], tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    stands: str = ""
    asked: str = ""

    @property
    def verbs(self) -> dict[str, Verb]:
        """By key without the room."""
        of_room = {key: verb for key, verb in verbs().items() if verb.room == self.room}
        return {key.split(".", 1)[1]: verb for key, verb in of_room.items()}

    @property
    def model(self) -> type[Record]:
        return self.verbs["edit"].on

    @property
    def life(self) -> Life:
        return self.model.life

    @property
    def text(self) -> str:
        """The column of free text by which it is found."""
        return self.model.called

    @property
    def steps(self) -> list[Step]:
        """Those that somebody writes, the first of which begins the record."""
        return [step for step in self.life.steps if step.by_hand]

    @property
    def standing(self) -> str:
        return self.stands or self.steps[0].state

    def make(self, unit: Any, *, by: Any = None, until: str = "", **columns: Any) -> Any:
        """A record that has come to `until`, or to the last step of which `columns` give the day;
        the day of its end ends it."""
        known = {**columns, "unit": unit}
        later = [*self.steps[1:], *filter(None, [self.life.end])]
        days = {step.state: known.pop(step.day) for step in later if step.day in known}
        with believing(None):
            record = self.begin(by=by, **known)
            for step in self._steps_to(until, days):
                day = days.get(step.state) or self.day_of(record, step, days.values())
                record = self.take(record, step=step.state, on=day, by=by)
            if self.life.end and (day := days.get(self.life.end.state)):
                record = self.do("end", record, by=by, on=day)
        return record

    def begin(self, *, by: Any = None, **columns: Any) -> Any:
        """The first step alone, and nothing that is asked about is believed."""
        verb = next(verb for verb in self.verbs.values() if verb.on is None)
        return verb.action(**{**self.columns, **columns}, by=by)

    def add(self, record: Any, model: type[Row] | None = None, by: Any = None, **columns: Any):
        """A row of the kind, by default of the first, within the record."""
        model = model or next(iter(self.rows))
        key, known = self.rows[model]
        asked = {n: value(record) if callable(value) else value for n, value in known.items()}
        with believing(None):
            return self.do(key, record, by=by, **(asked | columns))

    def text_of(self, model: type[Row]) -> list[str]:
        """The columns of free text that somebody may write in a row."""
        fields = self.verbs[self.rows[model][0]].form.base_fields
        own = {column.name for column in model._meta.fields}
        return [n for n, asked in fields.items() if n in own and isinstance(asked, TextField)]

    def take(self, record: Any, *, by: Any = None, **told: Any) -> Any:
        """The step of that state, by default the next."""
        step = self.life.next(record)
        return self.do("step", record, by=by, **({"step": step and step.state} | told))

    def close(self, record: Any) -> Any:
        """The record's life ends, today or with its last step."""
        if self.life.end:
            return self.do("end", record, on=today())
        while step := self.life.next(record):
            record = self.take(record, on=self.day_of(record, step))
        return record

    def do(self, key: str, thing: Any, *, by: Any = None, **told: Any) -> Any:
        """The verb is done to the thing; version and reason go with it where it asks for them."""
        action = self.verbs[key].action
        known = {"version": getattr(thing, "version", None), "reason": WHY}
        asked = signature(action).parameters
        return action(thing, **{n: v for n, v in known.items() if n in asked} | told, by=by)

    def day_of(self, record: Any, step: Step, later: Iterable[date] = ()) -> date:
        """A month a step; neither before the one before nor after those that are given."""
        begun = getattr(record, self.steps[0].day)
        done = [d for s in self.life.steps if (d := getattr(record, s.day))]
        return min([max([begun + self.steps.index(step) * A_STEP, *done]), today(), *later])

    def _steps_to(self, until: str, days: Mapping[Any, date]) -> list[Step]:
        last = {until or self.standing, *days}
        known = [n for n, step in enumerate(self.steps) if step.state in last]
        return self.steps[1 : max(known, default=0) + 1]

    def acts(
        self,
        allowed: Mapping[str, str],
        *,
        changes: Mapping[str, Mapping[str, Any]],
        closed_to: str = "",
        **own: Act,
    ) -> dict[str, Act]:
        """How each verb is called without a page, by its key.

        `allowed` says who does which verbs, `changes` what those write that change what is there.
        `closed_to` names those that add a row which a life that ended takes no more. `own` are
        acts that follow from nothing of this.
        """
        made = {
            key: self._act(key, people, changes.get(key, {}), key in closed_to.split())
            for people, keys in allowed.items()
            for key in keys.split()
        }
        return {f"{self.room}.{key}": act for key, act in (made | own).items()}

    def _act(self, key: str, who: str, changes: Mapping[str, Any], closed_to: bool) -> Act:
        verb = self.verbs[key]

        def change(thing: Any, by: Any, **told: Any) -> Any:
            return self.do(key, thing, by=by, **told, **changes)

        if verb.on is None:
            begin = partial(self.make, until=self.steps[0].state)
            return Act(who, lambda unit: unit, lambda unit, by: begin(unit, by=by), begins=True)
        if issubclass(verb.on, Row):
            return Act(who, lambda unit: self.add(self.make(unit), verb.on), change)
        if (model := self._added_by(key)) is not None:
            add, close = partial(self.add, model=model), self.close
            return Act(who, self.make, lambda one, by: add(one, by=by), False, close, closed_to)
        if key == "edit":
            return Act(who, self.make, change, False, self.close, refused_when_closed=False)
        if issubclass(verb.form, ReasonForm):
            return Act(who, self.make, change)
        return self._act_of_life(who, verb, change)

    def _added_by(self, key: str) -> type[Row] | None:
        return next((model for model, (added, _known) in self.rows.items() if added == key), None)

    def _act_of_life(self, who: str, verb: Verb, change: Callable[..., Any]) -> Act:
        """A step, the end, or how one written wrongly is mended: of what ended, only a day is."""
        if issubclass(verb.form, EndForm):
            end = partial(change, on=today())
            return Act(who, self.make, lambda one, by: end(one, by=by), close=self.close)
        if issubclass(verb.form, StepForm):
            step = self.steps[len(self._steps_to("", {})) + 1]
            take = partial(change, step=step.state)
            return Act(
                who,
                self.make,
                lambda one, by: take(one, by=by, on=self.day_of(one, step)),
                close=self.close,
            )
        if len(self.steps) == 1:
            mend = partial(change, step=self.life.end.state)
            return Act(who, lambda unit: self.close(self.make(unit)), mend)
        step = self.steps[1]
        made, mend = partial(self.make, until=step.state), partial(change, step=step.state)
        # With its last step a life has ended already.
        close = self.close if step is not self.steps[-1] else None
        if issubclass(verb.form, TakeBackForm):
            return Act(who, made, mend, close=close)
        return Act(
            who,
            made,
            lambda one, by: mend(one, by=by, on=getattr(one, step.day) + A_WHILE),
            close=close,
            refused_when_closed=False,
        )
