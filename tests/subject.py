"""A room under test: its specimen, its pages by the table of its tests, and somebody who writes."""

from contextlib import suppress
from functools import cached_property
from importlib import import_module
from typing import Any
from urllib.parse import unquote_plus

from django import forms
from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from sohoi.kit.refusals import Refused
from sohoi.kit.testing import PEOPLE, Page
from sohoi.lib.doubts import believing
from sohoi.lib.text import fold
from sohoi.records.models import Row
from sohoi.records.testing import Specimen

ROOMS = [name.rpartition(".")[2] for name in settings.ROOMS]
FIRST, SECOND, THIRD = "Ngọc Bích Đượm", "Cẩm Tú Loan", "Kim Hường Nhị"


def specimen_of(room: str) -> Specimen:
    return import_module(f"sohoi.programmes.{room}.tests.acts").SPECIMEN


class Subject:
    """A room with its specimen, and somebody who may write it."""

    def __init__(self, room: str, cast: Any, sign_in: Any):
        self.room, self.cast, self.sign_in = room, cast, sign_in
        self.specimen = specimen_of(room)
        self.model, self.life = self.specimen.model, self.specimen.life
        self.writer = self.who("edit")

    @cached_property
    def pages(self) -> dict[str, Page]:
        """By URL name without the room, with the records the table makes for them."""
        table = import_module(f"sohoi.programmes.{self.room}.tests.access").access(self.cast)
        return {name.partition(":")[2]: page for name, page in table.items()}

    def allowed(self, page: str) -> list[str]:
        """Who of the cast finds the page of a record in the hamlet; nobody one there is not."""
        people = self.pages[page].allowed.split() if page in self.pages else []
        return [name for name in PEOPLE if name in people and name != "xuan"]

    def who(self, verb: str) -> Any:
        """Somebody who may do it in the hamlet."""
        permission, hamlet = self.specimen.verbs[verb].permission, self.cast.units.hamlet.pk
        return next(p for p in (self.cast.hanh, self.cast.thu) if p.may(permission, hamlet))

    def make(self, text: str = FIRST, unit: Any = None, **columns: Any) -> Any:
        columns = {self.specimen.text: text} | columns
        return self.specimen.make(unit or self.cast.units.hamlet, **columns)

    def add(self, record: Any, text: str = SECOND) -> None:
        """One more row of each kind, with the text wherever there may be one."""
        for model in self.specimen.rows:
            self.specimen.add(record, model, **dict.fromkeys(self.specimen.text_of(model), text))

    def variants(self) -> list[Any]:
        """Records come to their last step, with rows: one as it is, and one of each word of each
        column."""
        columns = [f for f in self.model._meta.fields if f.choices and not f.generated]
        kinds = [{}, *({f.name: word} for f in columns for word, _title in f.flatchoices)]
        made = [self.make(until=self.specimen.steps[-1].state, **kind) for kind in kinds]
        for record in made:
            # Some kind may not take rows as it stands.
            with suppress(Refused):
                self.add(record)
        return made

    def do(self, verb: str, thing: Any, **told: Any) -> Any:
        """By somebody who may, who is asked nothing."""
        with believing(None):
            return self.specimen.do(verb, thing, by=self.who(verb), **told)

    def corrected(self, record: Any, text: str, by: Any) -> None:
        record.refresh_from_db()
        with believing(None):
            self.specimen.do("edit", record, by=by, **{self.specimen.text: text})

    def url(self, name: str, thing: Any = None, query: str = "") -> str:
        given = {"kwargs": {"pk": thing.pk}} if thing else {}
        return reverse(f"{self.room}:{name}", **given) + query

    @cached_property
    def client(self) -> Any:
        return self.sign_in(self.writer)

    def signed_in(self, name: str) -> Any:
        return self.sign_in(getattr(self.cast, name))

    def doing(self, verb: str) -> Any:
        """A client in which somebody who may do it is signed in."""
        return self.sign_in(self.who(verb))

    def search(self, words: str) -> str:
        """The address of the list narrowed by these words, which it must not say."""
        answer = self.client.post(self.url("list"), {"q": words})
        assert answer.status_code == 302
        assert fold(words) not in fold(unquote_plus(answer.url))
        return answer.url

    def get(self, url: str) -> str:
        answer = self.client.get(url)
        assert answer.status_code == 200, url
        return answer.content.decode()

    def door(self, verb: str) -> str:
        """The name of the page of the verb, which asks for its form on what it is done to."""
        of, client = self.specimen.verbs[verb], self.doing(verb)
        for name, page in self.pages.items():
            if "pk" in page.kwargs and of.on.objects.filter(**page.kwargs).exists():
                answer = client.get(page.url(f"{self.room}:{name}"))
                form = answer.context and answer.context.get("form")
                if form and issubclass(of.form, type(form)):
                    return name
        raise AssertionError(f"{self.room}.{verb} has no page")

    def mending(self, model: type[Row]) -> tuple[str, str]:
        """The verbs that correct and take away a row of the kind; "" where there is none."""
        of_row = {key: verb for key, verb in self.specimen.verbs.items() if verb.on is model}
        edit = next((key for key in of_row if key.startswith("edit_")), "")
        return edit, next((key for key in of_row if key.startswith("remove_")), "")


def typed(form: forms.BaseForm, **values: Any) -> dict[str, str]:
    """What a browser sends back of a form in which these values were put, and nothing else."""
    sent = {}
    for field in form:
        value = field.value()
        if field.name in values:
            value = values[field.name]
            value = field.field.prepare_value(value.pk if isinstance(value, Model) else value)
        value = field.field.widget.format_value(value)
        value = value[0] if isinstance(value, list) and value else value
        if value not in (None, [], "", False):
            sent[field.html_name] = value
    return sent


def fresh(record: Any) -> Any:
    """The record as it stands in the database."""
    return type(record).objects.get(pk=record.pk)
