"""Addresses are kept, but never those of another place."""

from django.http import HttpResponse
from django.urls import path, set_script_prefix

from sohoi.kit.menu import address

urlpatterns = [path("khac/<str:key>/", lambda request, key: HttpResponse(key), name="one")]


def test_an_address_is_that_of_the_present_prefix_and_patterns(settings):
    settings.ROOT_URLCONF = __name__
    assert address("one", "a") == "/khac/a/"
    set_script_prefix("/so-hoi/")
    try:
        assert address("one", "a") == "/so-hoi/khac/a/"
    finally:
        set_script_prefix("/")
    assert (address("one", "a"), address("one", "b")) == ("/khac/a/", "/khac/b/")
    urlpatterns.append(path("moi/<str:key>/", urlpatterns[0].callback, name="one"))
    settings.ROOT_URLCONF = "sohoi.config.urls"
    settings.ROOT_URLCONF = __name__
    assert address("one", "a") == "/moi/a/"
