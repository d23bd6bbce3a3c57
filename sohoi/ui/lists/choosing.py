"""Which rows of a queryset a question asks for, in an order that is total."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy

from sohoi.lib.text import fold, search_key
from sohoi.ui.lists.asking import Asked


def choose(queryset: QuerySet, asked: Asked) -> QuerySet:
    """The rows that words, filters and order choose."""
    listing = asked.listing
    if asked.words and listing.search:
        queryset = with_words(queryset, listing.search, asked.words)
    for chosen in listing.filters:
        if (value := asked.filters.get(chosen.key)) is not None:
            prepared = chosen.prepare(queryset) if chosen.prepare else queryset
            queryset = prepared.filter(**{chosen.lookup: value})
    column, descending = asked.sort
    order = [("-" if descending else "") + column.sort, *listing.order] if column else listing.order
    return in_order(queryset, order)


def with_words(queryset: QuerySet, column: str, text: str) -> QuerySet:
    """Rows in which each word of `text` begins a word of the column, in any order."""
    words = fold(text).split()
    if not words:
        # Signs alone are the beginning of no word.
        return queryset.none()
    if isinstance(field_of(queryset.model, column), SearchVectorField):
        # The whole word beside its beginning finds nothing more, but is what the planner has
        # counted: it then knows that half of all are called so.
        query = " & ".join(f"('{word}' | '{word}':*)" for word in dict.fromkeys(words))
        return queryset.filter(**{f"{column}__begun": query})
    for word in words:
        begins = Q(**{f"{column}__startswith": word}) | Q(**{f"{column}__contains": f" {word}"})
        queryset = queryset.filter(begins)
    return queryset


def plainly(words: Callable[[Any], str]) -> Callable[[Iterable[Any], Asked], list[Any]]:
    """How rows that are no queryset are chosen: by `words` of a row, and by attributes that have
    the value of a filter. Their order stays."""

    def choose_of(rows: Iterable[Any], asked: Asked) -> list[Any]:
        found = [row for row in rows if _begun(search_key(words(row)), asked.words)]
        lookups = {chosen.key: chosen.lookup for chosen in asked.listing.filters}
        for key, value in asked.filters.items():
            found = [row for row in found if str(getattr(row, lookups[key])) == value]
        return found

    return choose_of


def _begun(stored: str, typed: str) -> bool:
    return all(f" {word}" in f" {stored}" for word in fold(typed).split())


@SearchVectorField.register_lookup
class Begun(models.Lookup):
    """`search_key__begun="'mung':* & 'ngu':*"`. Not Django's SearchQuery: the parser of a language
    would take some codes for numbers."""

    lookup_name = "begun"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @@ {right}::tsquery", (*left_params, *right_params)


def in_order(queryset: QuerySet, order: Iterable[str]) -> QuerySet:
    """Words of a choice in the order they are declared in; blanks last either way; then by id."""
    wanted: list[Any] = []
    for name in order:
        wanted += _expressions(queryset, name.removeprefix("-"), descending=name.startswith("-"))
    return queryset.order_by(*wanted, "pk")


def _expressions(queryset: QuerySet, name: str, *, descending: bool) -> list[Any]:
    field = field_of(queryset.model, name)
    column: Any = F(name)
    if field is None:
        return [OrderBy(column, descending=descending, nulls_last=True)]
    found = []
    if field.choices:
        whens = [When(**{name: key}, then=Value(n)) for n, (key, _) in enumerate(field.flatchoices)]
        column = Case(*whens, output_field=models.SmallIntegerField())
    elif isinstance(field, models.CharField | models.TextField) and field.blank:
        found = [Case(When(**{name: ""}, then=Value(1)), default=Value(0)).asc()]
    # An index is walked backwards only where nothing is said about blanks.
    may_be_blank = field.null or field.choices
    return [*found, OrderBy(column, descending=descending, nulls_last=may_be_blank or None)]


def field_of(model: type[models.Model], name: str) -> Any:
    """The field that holds the values; None for what a queryset adds itself."""
    found = next((f for f in model._meta.get_fields() if f.name == name), None)
    return getattr(found, "output_field", found) if found is not None else None
