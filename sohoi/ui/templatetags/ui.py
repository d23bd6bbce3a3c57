"""Components used on every page; each is a small template under `ui/`."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from django import template
from django.forms import BoundField, Form
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sohoi.ui.charts import BarChart, BubbleMap, LineChart
from sohoi.ui.saying import translate

register = template.Library()
# Where `ui` is loaded after `i18n`, in place of Django's.
register.tag("translate", translate)

ICONS = Path(__file__).resolve().parents[1] / "templates" / "ui" / "icons"
TONES = {"done", "due", "wrong", "info", "plain"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An inline drawing, hidden from screen readers: the words beside it say the same."""
    return mark_safe(_drawing(name))  # noqa: S308 - our own files


_drawings: dict[str, str] = {}


def _drawing(name: str) -> str:
    if name not in _drawings:
        path = ICONS / f"{name}.svg"
        _drawings[name] = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    return _drawings[name]


# What stands on a page by dozens is written here: a template for each takes ten times as long.
_TILE = """<a class="tile" href="{url}">
<span class="tile-title">{title}</span>
<span class="tile-value"><b>{number}</b> {words}</span>
<span class="tile-facts">{change}<span>{coverage_text}</span>
<span>{basis_text} · {as_at_text}</span>
{alert}</span>
</a>"""


@register.simple_tag
def tile(figure: dict) -> SafeString:
    """A figure with its measure, basis, coverage and as-at time; the whole tile is a link.

    Only the number is set large: 41,5 of "41,5 tỷ đồng".
    """
    value = str(figure["value_text"])
    number, _, words = value.partition(" ") if value[:1].isdigit() else (value, "", "")
    change, warning = figure.get("change_text", ""), figure.get("warning", "")
    texts = {name: figure[name] for name in _TILE_FACTS}
    texts |= {"number": number, "words": words or figure.get("measure", "")}
    return mark_safe(  # noqa: S308 - every value is escaped here
        _TILE.format(
            change=format_html("<span>{}</span>\n", change) if change else "",
            alert=format_html(_ALERT, icon("warning"), warning) if warning else "",
            **{name: escape(str(text)) for name, text in texts.items()},
        )
    )


_TILE_FACTS = ("url", "title", "coverage_text", "basis_text", "as_at_text")
_ALERT = '<span class="tile-warning">{}<span>{}</span></span>'


@register.simple_tag
def chip(text: str, tone: str = "plain") -> SafeString:
    """A state in words; the colour only repeats what the word says."""
    known = tone if tone in TONES else "plain"
    return format_html('<span class="chip chip-{}">{}</span>', known, text)


@register.simple_tag
def number_cells(cells: Iterable[Any]) -> SafeString:
    """The numbers of one row of a table, each with the head of its column for a phone; one with
    an `url` is a link, one without words a dash."""
    return mark_safe(  # noqa: S308 - every value is escaped here
        "".join(
            f'<td class="number" data-label="{escape(str(cell.head))}">{_number(cell)}</td>'
            for cell in cells
        )
    )


def _number(cell: Any) -> str:
    text = escape(str(cell.text)) or "–"
    return f'<a href="{escape(cell.url)}">{text}</a>' if cell.url else text


@register.simple_tag
def options(choices: Iterable[dict]) -> SafeString:
    """What a select offers: each choice with its `key`, `title` and whether it is `selected`."""
    return mark_safe(  # noqa: S308 - every value is escaped here
        "".join(
            f'<option value="{escape(choice["key"])}"{" selected" if choice["selected"] else ""}>'
            f"{escape(str(choice['title']))}</option>\n"
            for choice in choices
        )
    )


def grouped_options(groups: Iterable[tuple[str, Iterable[dict]]]) -> SafeString:
    """`options` below their titles; those of a group without a title stand alone."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<optgroup label="{}">{}</optgroup>\n', title, options(choices)),)
            if title
            else (options(choices),)
            for title, choices in groups
        ),
    )


@register.simple_tag
def checkboxes(name: str, choices: Iterable[dict]) -> SafeString:
    """Choices of which several may be `chosen`, each in its label."""
    return mark_safe(  # noqa: S308 - every value is escaped here
        "".join(
            f'<label><input type="checkbox" name="{name}" value="{escape(choice["key"])}"'
            f"{' checked' if choice['chosen'] else ''}> {escape(str(choice['title']))}</label>\n"
            for choice in choices
        )
    )


@register.simple_tag
def column_heads(columns: Iterable[dict]) -> SafeString:
    """The heads of a list's columns; one by which it can be put in order is a link."""
    return mark_safe("".join(map(_column_head, columns)))  # noqa: S308 - escaped in `_column_head`


def _column_head(column: dict) -> str:
    kind = ' class="number"' if column["numeric"] else ""
    order = f' aria-sort="{column["sort_dir"]}"' if column.get("sort_dir") else ""
    title, url = escape(str(column["title"])), column.get("sort_url")
    shown = f'<a href="{escape(url)}">{title}</a>' if url else title
    return f'<th scope="col"{kind}{order}>{shown}</th>\n'


@register.simple_tag
def rail_groups(groups: Iterable[dict]) -> SafeString:
    """The menu: a group of one page is that page, one of several its pages under a title."""
    return mark_safe("".join(map(_rail_group, groups)))  # noqa: S308 - escaped in `_rail_group`


def _rail_group(group: dict) -> str:
    items, drawing = group["items"], _drawing(group["icon"])
    if len(items) == 1:
        shown = _rail_item(items[0], "rail-item", drawing)
    else:
        title = f"{drawing}<span>{escape(str(group['title']))}</span>"
        nested = (f"<li>{_rail_item(item, 'rail-item rail-nested')}</li>\n" for item in items)
        shown = f'<div class="rail-title">{title}</div>\n<ul>{"".join(nested)}</ul>'
    return f'<div class="rail-group" id="{group["anchor"]}">{shown}</div>\n'


def _rail_item(item: dict, kind: str, drawing: str = "") -> str:
    here = ' aria-current="page"' if item["active"] else ""
    title = escape(str(item["title"]))
    shown = f"{drawing}<span>{title}</span>" if drawing else title
    return f'<a class="{kind}" href="{escape(item["url"])}"{here}>{shown}</a>'


@register.simple_tag
def bar_links(groups: Iterable[dict]) -> SafeString:
    """Groups of the menu in the bar at the bottom of a phone."""
    return format_html_join(
        "\n",
        '<a href="{}"{}>{}<span>{}</span></a>',
        (
            (
                group["url"],
                _HERE if group["active"] else "",
                icon(group["icon"]),
                group["title"],
            )
            for group in groups
        ),
    )


_HERE = mark_safe(' aria-current="true"')


@register.inclusion_tag("ui/_stepper.html")
def stepper(steps: list) -> dict:
    """The steps of a record's life: done, current, to come."""
    return {"steps": steps}


@register.inclusion_tag("ui/_timeline.html")
def timeline(entries: list) -> dict:
    """Who changed what and when, with before and after."""
    return {"entries": entries}


@register.inclusion_tag("ui/_progress.html")
def progress(title: str, done: int, total: int, url: str, text: str = "") -> dict:
    """A long job that may be left alone; `url` answers with this same part until it is over."""
    return {
        "title": title,
        "done": done,
        "total": total,
        "url": url,
        "text": text,
        "is_over": done >= total,
    }


@register.inclusion_tag("ui/_empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "") -> dict:
    """An empty page says how to begin."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("ui/_tasks.html")
def task_list(tasks: dict) -> dict:
    """What is to be done, each with the chip of its day; the last line says how many are left out
    and leads to all of them."""
    return tasks


@register.inclusion_tag("ui/_line_chart.html")
def line_chart(chart: LineChart) -> dict:
    """Lines from period to period; the caller prints the same numbers as a table."""
    return {"chart": chart}


@register.inclusion_tag("ui/_bar_chart.html")
def bar_chart(chart: BarChart) -> dict:
    """Bars, one under the other; the caller prints the same numbers as a table."""
    return {"chart": chart}


@register.inclusion_tag("ui/_bubble_map.html")
def bubble_map(chart: BubbleMap) -> dict:
    """Discs on a map; the caller prints the same numbers as a table."""
    return {"chart": chart}


# Filled in by the script that knows.
_WHEN = mark_safe("<strong data-when></strong>")


@register.inclusion_tag("ui/_carried.html", takes_context=True)
def carried(context: Any) -> dict:
    """What a form takes along in place of `csrf_token`: all that is needed to read it again, and
    whose it is, unless the form is sealed. See `sohoi/accounts/unsent.py`."""
    form, request = context.get("form"), context.get("request")
    is_open = form is not None and not getattr(form, "sealed", False)
    return {
        "csrf_token": context.get("csrf_token"),
        "lang": get_language(),
        "writer": getattr(request, "writer", None) if is_open else None,
        "is_bound": is_open and form.is_bound,
        "when": _WHEN,
    }


@register.filter
def described_by(field: BoundField) -> str:
    """Ids of the help, the warning and the error of a field, for screen readers."""
    parts = [f"{field.auto_id}_help"] if field.help_text else []
    parts += [f"{field.auto_id}_warning"] if _warned(field) else []
    parts += [f"{field.auto_id}_error"] if field.errors else []
    return " ".join(parts)


@register.filter
def told(error: str, label: str) -> str:
    """A mistake away from its field: the field is named, unless the sentence names it."""
    is_named = str(label).lower() in str(error).lower()
    between = " " if str(label).endswith("?") else ": "
    return str(error) if is_named else f"{label}{between}{error}"


def _warned(field: BoundField) -> list[str]:
    warnings = getattr(field.form, "warnings", ())
    return [doubt.text for doubt in warnings if doubt.field == field.name]


@register.filter
def warned(field: BoundField) -> list[str]:
    """What looks wrong in this field and is to be confirmed."""
    return _warned(field)


@register.filter
def asks_for_parts(form: Form) -> bool:
    """Whether a field of the form asks the server while somebody types."""
    fields = getattr(form, "fields", {}).values()
    return any(getattr(field.widget, "asks_for_parts", False) for field in fields)


@register.filter
def kind_of(field: BoundField) -> str:
    """'checkbox', 'radio', 'select', 'textarea', 'hidden' or 'text': decides how it is laid out."""
    name = type(field.field.widget).__name__.lower()
    for kind in ("checkboxselect", "radio", "checkbox", "select", "textarea", "hidden", "file"):
        if kind in name:
            return kind
    return "text"


@register.filter
def marked(field: BoundField) -> Any:
    """The widget with the attributes that tie it to its help and its error."""
    attributes: dict[str, Any] = {}
    if described := described_by(field):
        attributes["aria-describedby"] = described
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)
