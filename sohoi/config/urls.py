"""Where each app's pages are mounted; rooms are taken from the registry, not named here."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path

from sohoi.kit.rooms import RoomConfig, rooms
from sohoi.ui.views import bad_request, not_found, server_error

handler400 = bad_request
handler403 = not_found
handler404 = not_found
handler500 = server_error


def _mounted() -> list:
    paths = {room.key: room.path for room in rooms()}
    mounted = []
    for config in apps.get_app_configs():
        if isinstance(config, RoomConfig) and find_spec(f"{config.name}.urls"):
            prefix = paths[config.label]
            urls = import_module(f"{config.name}.urls")
            mounted.append(path(f"{prefix}/" if prefix else "", include(urls)))
    return mounted


urlpatterns = [
    path("gallery/", include("sohoi.ui.urls")),
    path("", include("sohoi.accounts.login_urls")),
    *_mounted(),
]
