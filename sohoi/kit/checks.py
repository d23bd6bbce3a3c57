"""System checks of the house: views without a policy, dangling menu items, wrong prefixes."""

from collections.abc import Iterator

from django.core.checks import Error, register
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from sohoi.kit import rooms
from sohoi.kit.indicators import Records


def url_patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[URLPattern]:
    """Every pattern of the URL configuration, with its full route in `full_route`."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from url_patterns(entry, route)
        else:
            entry.full_route = route
            yield entry


@register("sohoi")
def every_view_has_a_policy(app_configs, **kwargs) -> list[Error]:
    return [
        Error(
            f"The view at '{pattern.full_route}' has no policy.",
            hint="Decorate it with one of sohoi.kit.policies.",
            id="sohoi.E001",
        )
        for pattern in url_patterns()
        if not getattr(pattern.callback, "policy", None)
    ]


@register("sohoi")
def policies_name_known_permissions(app_configs, **kwargs) -> list[Error]:
    known = set(rooms.permissions()) | {"open", "signed in"}
    return [
        Error(
            f"'{pattern.full_route}' asks for the unknown permission '{policy}'.", id="sohoi.E002"
        )
        for pattern in url_patterns()
        if (policy := getattr(pattern.callback, "policy", "open")) not in known
    ]


@register("sohoi")
def menu_items_lead_somewhere(app_configs, **kwargs) -> list[Error]:
    errors = []
    known = rooms.permissions()
    for room in rooms.rooms():
        for item in (*room.menu, *room.starts):
            try:
                reverse(item.url_name)
            except NoReverseMatch:
                errors.append(
                    Error(f"The menu of {room.key} leads nowhere: {item.url_name}", id="sohoi.E003")
                )
            if item.permission and item.permission not in known:
                errors.append(
                    Error(f"The menu of {room.key} asks for {item.permission}", id="sohoi.E004")
                )
    return errors


@register("sohoi")
def verbs_ask_for_known_permissions(app_configs, **kwargs) -> list[Error]:
    known = rooms.permissions()
    return [
        Error(f"{verb.key} asks for the unknown permission {verb.permission}.", id="sohoi.E007")
        for verb in rooms.verbs().values()
        if verb.permission not in known
    ]


@register("sohoi")
def keys_carry_the_room(app_configs, **kwargs) -> list[Error]:
    return [
        Error(f"{declared.key} is declared in the room {room.key}.", id="sohoi.E005")
        for room in rooms.rooms()
        for declared in (*room.permissions, *room.indicators, *room.verbs)
        if declared.room != room.key
    ]


@register("sohoi")
def indicators_name_real_columns(app_configs, **kwargs) -> list[Error]:
    errors = []
    for indicator in rooms.indicators().values():
        source = indicator.source
        if not isinstance(source, Records):
            continue
        columns = {f.name for f in source.model._meta.concrete_fields}
        columns |= {f.attname for f in source.model._meta.concrete_fields}
        named = {source.at, source.since, source.until, source.amount, source.who, source.unit}
        named |= {source.label, *source.breakdowns}
        missing = sorted(named - columns - {""})
        if missing:
            errors.append(
                Error(f"{indicator.key}: no column {', '.join(missing)}.", id="sohoi.E006")
            )
    return errors
