"""One field template draws every field of the product."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


class FormRenderer(TemplatesSetting):
    """Django's renderer with the house's templates for forms, fields and errors.

    What has many options is written here as Django's templates would: they include a template for
    each option and for its attributes, which took half the time of a page with long choices.
    """

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict, request: Any = None) -> str:
        if draw := _DRAWN.get(template_name):
            # Everything in it was escaped piece by piece.
            return mark_safe("".join(draw(context["widget"])))  # noqa: S308
        return super().render(template_name, context, request)


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{_text(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


def _text(value: Any) -> SafeString:
    return conditional_escape(value if isinstance(value, str) else str(value))


def _select(widget: dict) -> Iterator[str]:
    yield f'<select name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>'
    for group, options, _index in widget["optgroups"]:
        if group:
            yield f'<optgroup label="{_text(group)}">'
        for one in options:
            yield f'<option value="{_text(one["value"])}"{_attributes(one["attrs"])}>'
            yield f"{_text(one['label'])}</option>"
        if group:
            yield "</optgroup>"
    yield "</select>"


def _choices(widget: dict) -> Iterator[str]:
    kept = {name: widget["attrs"][name] for name in ("id", "class") if widget["attrs"].get(name)}
    yield f"<div{_attributes(kept)}>"
    for group, options, _index in widget["optgroups"]:
        if group:
            yield f"<div><label>{_text(group)}</label>"
        for one in options:
            named = _attributes({"for": one["attrs"]["id"]} if one["attrs"].get("id") else {})
            yield f"<div><label{named}>"
            yield from _input(one)
            yield f" {_text(one['label'])}</label></div>"
        if group:
            yield "</div>"
    yield "</div>"


def _input(widget: dict) -> Iterator[str]:
    yield f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"'
    if widget["value"] is not None:
        yield f' value="{_text(widget["value"])}"'
    yield f"{_attributes(widget['attrs'])}>"


_DRAWN: dict[str, Callable[[dict], Iterator[str]]] = {
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/checkbox_select.html": _choices,
    "django/forms/widgets/radio.html": _choices,
    "django/forms/widgets/text.html": _input,
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/checkbox.html": _input,
}
