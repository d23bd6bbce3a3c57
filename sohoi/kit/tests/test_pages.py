"""The edit and the confirm page: what they do, and what they keep when the action refuses."""

from collections.abc import Callable

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse

from sohoi.kit.pages import confirm_page, edit_page
from sohoi.kit.refusals import Refused

REFUSAL = "Tên này đã có. Chọn tên khác."


class NameForm(forms.Form):
    """One field, so that it is seen where an error stands."""

    name = forms.CharField(label="Tên", max_length=20)


class Diary(list):
    """An action that remembers what it did, and refuses the name Hoa or no name at all."""

    field: str | None = "name"

    def __call__(self, data: dict) -> str:
        if data.get("name", "Hoa") == "Hoa":
            raise Refused(REFUSAL, field=self.field)
        self.append(data["name"])
        return data["name"]


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def send(ask) -> Callable[..., HttpRequest]:
    """`send(data)`: what the browser sends; without data it asks for the page."""

    def make(data: dict | None = None) -> HttpRequest:
        request = ask("/thu/", data=data)
        request._messages = CookieStorage(request)
        return request

    return make


def edit(request: HttpRequest, diary: Diary) -> HttpResponse:
    return edit_page(
        request,
        form=NameForm(request.POST or None),
        action=diary,
        template="ui/edit.html",
        done=lambda name: f"/thu/{name}/",
        message="Đã lưu.",
        context={"title": "Sửa tên", "back_url": "/thu/"},
    )


def confirm(request: HttpRequest, diary: Diary, form: forms.Form | None = None) -> HttpResponse:
    return confirm_page(
        request,
        form=form,
        action=diary,
        title="Xoá tên",
        consequences=["Tên không còn được tính."],
        back_url="/thu/",
        message="Đã xoá.",
        verb="Xoá",
    )


def said(request: HttpRequest) -> list[tuple[str, str]]:
    return [(message.level_tag, message.message) for message in get_messages(request)]


def test_asking_for_the_page_does_nothing(send, diary):
    response = edit(send(), diary)
    assert (response.status_code, diary) == (200, [])
    page = response.content.decode()
    assert "Sửa tên" in page
    assert 'href="/thu/"' in page
    assert "csrfmiddlewaretoken" in page


def test_a_good_form_is_carried_out_once_and_goes_on(send, diary):
    request = send({"name": "Lan"})
    response = edit(request, diary)
    assert (response.status_code, response.url) == (302, "/thu/Lan/")
    assert diary == ["Lan"]
    assert said(request) == [("success", "Đã lưu.")]


def test_a_wrong_form_is_shown_again_with_what_was_typed(send, diary):
    response = edit(send({"name": "rất dài " * 5}), diary)
    page = response.content.decode()
    assert (response.status_code, diary) == (422, [])
    assert "rất dài rất dài" in page
    assert 'aria-invalid="true"' in page


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(send, diary):
    request = send({"name": "Hoa"})
    response = edit(request, diary)
    page = response.content.decode()
    assert (response.status_code, diary) == (422, [])
    field = page[page.index('id="id_name_error"') :]
    assert field.index(REFUSAL) < field.index('value="Hoa"')
    assert said(request) == []


def test_a_refusal_of_no_field_stands_above_the_form(send, diary):
    diary.field = None
    page = edit(send({"name": "Hoa"}), diary).content.decode()
    assert page.count(REFUSAL) == 1
    assert page.index('role="alert"') < page.index(REFUSAL) < page.index('value="Hoa"')
    assert "id_name_error" not in page


def test_a_confirmation_says_what_will_happen_and_does_nothing_yet(send, diary):
    page = confirm(send(), diary).content.decode()
    assert "Tên không còn được tính." in page
    assert "Xoá</button>" in page
    assert diary == []


def test_a_confirmed_act_is_done_and_goes_back(send, diary):
    request = send({"name": "Lan"})
    response = confirm(request, diary, NameForm(request.POST))
    assert (response.status_code, response.url) == (302, "/thu/")
    assert (diary, said(request)) == (["Lan"], [("success", "Đã xoá.")])


def test_a_refused_confirmation_without_a_form_goes_back_and_says_why(send, diary):
    request = send({})
    response = confirm(request, diary)
    assert (response.status_code, response.url) == (302, "/thu/")
    assert (diary, said(request)) == ([], [("error", REFUSAL)])


@pytest.mark.parametrize("name", ["Hoa", ""])
def test_a_confirmation_with_a_wrong_form_asks_again(send, diary, name):
    request = send({"name": name})
    response = confirm(request, diary, NameForm(request.POST))
    assert diary == []
    assert 'id="id_name_error"' in response.content.decode()
    assert response.status_code == 422
