"""Every form of every page: of the house, read again as it was typed, its mistakes in our words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from sohoi.kit.testing import ANONYMOUS, PEOPLE, Page
from sohoi.ui.fields import PasswordField, TypedText
from sohoi.ui.forms import Form
from tests.conftest import opened
from tests.test_access import apps_with_pages, table_of

# Most forms are those of rooms.
pytestmark = pytest.mark.rooms

BAD = {
    "nothing": "",
    "too long": "a" * 70_001,
    "an old font": "NguyÔn ThÞ Hång",
    "no such thing": "không có ♥",
    "long before the Union": "1/1/1912",
    "too large": "9" * 17,
}
VIETNAMESE = re.compile("[ăâđêôơưạ-ỹàáãèéìíòóõùúý]", re.IGNORECASE)
QUOTED = re.compile("“[^”]*”")


@dataclass
class Shown:
    """A form as a page shows it: its fields by type and its buttons in order."""

    attributes: dict
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[dict] = field(default_factory=list)

    @property
    def typed(self) -> set[str]:
        return {name for name, kind in self.fields.items() if kind != "hidden"}


class Reader(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.forms: list[Shown] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form":
            self.forms.append(Shown(attributes))
            self.inside = True
        elif self.inside and tag in ("input", "select", "textarea") and "name" in attributes:
            self.forms[-1].fields[attributes["name"]] = attributes.get("type", tag)
        elif self.inside and tag == "button" and attributes.get("type", "submit") == "submit":
            self.forms[-1].buttons.append(attributes)

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"


def sent_by_post(response) -> list[Shown]:
    """Those that write: one that only asks what a list shows has nothing to lose."""
    found = Reader(response.content.decode()).forms
    return [
        shown
        for shown in found
        if shown.attributes.get("method") == "post" and "data-question" not in shown.attributes
    ]


@pytest.fixture
def visit(cast, client, settings) -> Iterator:
    """Each page with a client of somebody who may open it."""
    pages = {name: page for app in apps_with_pages() for name, page in table_of(app, cast).items()}

    def walk():
        for name, page in pages.items():
            who = visitor(page)
            if who == ANONYMOUS:
                client.logout()
            else:
                client.force_login(getattr(cast, who), settings.AUTHENTICATION_BACKENDS[0])
            response = opened(client, page.url(name))
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            if response.status_code == 200 and is_page:
                yield name, response.wsgi_request.get_full_path(), who, response

    return walk


def visitor(page: Page) -> str:
    if page.allowed == "open":
        return ANONYMOUS
    return "quan" if page.allowed == "*" else next(p for p in page.allowed.split() if p in PEOPLE)


def form_of(response) -> forms.BaseForm | None:
    try:
        found = response.context["form"]
    except (KeyError, TypeError):
        return None
    return found if isinstance(found, forms.BaseForm) else None


def ours(kind: type = forms.BaseForm) -> set[type[forms.BaseForm]]:
    below = {found for child in kind.__subclasses__() for found in (child, *ours(child))}
    return {found for found in below if found.__module__.startswith("sohoi.")}


def house_forms() -> set[type[forms.BaseForm]]:
    found = {f for f in ours() if ".tests." not in f.__module__} - {Form}
    assert len(found) > 25
    return found


def strangers(fields: dict[str, forms.Field]) -> dict[str, str]:
    """Fields in which text, numbers and days are typed and that are not those of the house."""
    of_django = (
        forms.CharField,
        forms.IntegerField,
        forms.DateField,
        forms.DateTimeField,
        forms.UUIDField,
    )
    return {
        name: type(asked).__name__
        for name, asked in fields.items()
        if isinstance(asked, of_django)
        and not isinstance(asked, TypedText | PasswordField)
        and not asked.widget.is_hidden
    }


def test_every_form_is_made_from_the_house_form_with_its_fields():
    assert {f.__name__ for f in house_forms() if not issubclass(f, Form)} == set()
    found = {f.__name__: strangers(f.base_fields) for f in house_forms()}
    assert {name: fields for name, fields in found.items() if fields} == {}


def test_every_form_on_a_page_is_too(visit):
    shown = {name: form for name, _url, _who, r in visit() if (form := form_of(r)) is not None}
    assert len(shown) > 20
    assert {name for name, form in shown.items() if not isinstance(form, Form)} == set()
    assert {n: found for n, form in shown.items() if (found := strangers(form.fields))} == {}


def test_enter_presses_the_harmless_button(visit):
    """The first button in the page is the one that Enter presses."""
    several = [
        (name, shown.buttons)
        for name, _url, _who, response in visit()
        for shown in sent_by_post(response)
        if len(shown.buttons) > 1
    ]
    firsts = {name: buttons[0].get("class", "") for name, buttons in several}
    assert {"reports:return", "figures:definition_add"} <= set(firsts)
    harmless = {"secondary", "plain-button"}
    assert {name: first for name, first in firsts.items() if not harmless & {*first.split()}} == {}


def test_a_form_carries_all_that_is_needed_to_read_it_again(visit):
    checked, missing = 0, {}
    for name, _url, who, response in visit():
        form = form_of(response)
        for shown in sent_by_post(response):
            if not shown.typed:
                continue
            needed = {"csrfmiddlewaretoken", "page_lang"}
            if who != ANONYMOUS and not getattr(form, "sealed", False):
                needed.add("page_writer")
            elif getattr(form, "sealed", False):
                assert "data-sealed" in shown.attributes
                assert "page_writer" not in shown.fields
            checked += 1
            if lacking := needed - set(shown.fields):
                missing[name] = lacking
    assert missing == {}
    assert checked > 20


def django_says() -> list[str]:
    """The beginnings of what Django and allauth say of their own, in the language now active."""
    said = set()
    for kind in every(forms.Field):
        if kind.__module__.startswith("django."):
            said |= {str(text) for text in vars(kind).get("default_error_messages", {}).values()}
    said |= {str(text) for text in DefaultAccountAdapter.error_messages.values()}
    said |= {"Ensure this", "Hãy đảm bảo", "This password is", "Mật khẩu này quá"}
    return [head for text in said if len(head := text.split("%")[0].strip()) > 7]


def every(kind: type) -> set[type]:
    return {found for child in kind.__subclasses__() for found in (child, *every(child))}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_mistake_is_told_in_our_words(visit, client, lang):
    asked, wrong = 0, set()
    with translation.override(lang):
        foreign = django_says()
    for name, url, _who, response in visit():
        form = form_of(response)
        shown = next((s for s in sent_by_post(response) if s.typed), None)
        if form is None or shown is None:
            continue
        asked += 1
        for data in mistaken(form):
            for message in refused(client, shown.attributes.get("action") or url, data, lang):
                plain = QUOTED.sub("", message)
                is_foreign = any(plain.startswith(head) for head in foreign)
                if is_foreign or bool(VIETNAMESE.search(plain)) != (lang == "vi"):
                    wrong.add((name, message))
    assert asked > 20
    assert wrong == set()


def mistaken(form: forms.BaseForm) -> Iterator[dict]:
    hidden = {f.html_name: f.value() or "" for f in form.hidden_fields()}
    for bad in BAD.values():
        yield hidden | {f.html_name: bad for f in form.visible_fields() if bad}


def refused(client, url: str, data: dict, lang: str) -> list[str]:
    """What the page says; whatever it would have written is undone."""
    client.cookies["django_language"] = lang
    with transaction.atomic():
        response = client.post(url, data)
        form = form_of(response) if response.status_code in (200, 422) else None
        with translation.override(lang):
            told = [str(text) for texts in (form.errors if form else {}).values() for text in texts]
        transaction.set_rollback(True)
    return told


@pytest.mark.slow
def test_every_form_comes_back_filled_and_writes_nothing(visit, client, cast, settings):
    back = {}
    for name, url, who, response in visit():
        shown = next((s for s in sent_by_post(response) if "page_writer" in s.fields), None)
        if shown is None or not shown.typed:
            continue
        form = form_of(response)
        text = [f for f in form.visible_fields() if isinstance(f.field, TypedText)]
        data = {f.html_name: f.value() or "" for f in form} | {
            f.html_name: "Chữ đã gõ" for f in text
        }
        carried = re.findall(
            r'name="(page_lang|page_writer)" value="([^"]*)"', response.content.decode()
        )
        client.logout()
        assert client.post(url, data | dict(carried)).status_code == 302
        client.force_login(getattr(cast, who), settings.AUTHENTICATION_BACKENDS[0])
        page = client.get(url)
        assert page.status_code == 200, name
        back[name] = page.content.decode().count("Chữ đã gõ") >= len(text)
        assert form_of(page).is_bound, name
    assert len(back) > 20
    assert {name for name, found in back.items() if not found} == set()


@pytest.mark.parametrize(
    "typed", ["tan duc", "Tân Đức", "ta\u0302n đu\u031b\u0301c", "\u200bTân\u00a0Đức\ufeff"]
)
def test_searching_takes_what_typing_takes(client, sign_in, cast, typed):
    page = sign_in(cast.thu).get(reverse("org:tree"), {"q": typed})
    assert "Xã Tân Đức" in page.content.decode()
    users = sign_in(cast.quan).get(reverse("accounts:users"), {"q": "\u200bHạnh\ufeff"})
    assert "Nguyễn Thị Hạnh" in users.content.decode()
    assert get_user_model().objects.count() == len(PEOPLE)


def test_a_number_is_read_in_the_language_of_its_page(client, sign_in, cast):
    """1.234 is a thousand on a Vietnamese page, whatever was chosen in another tab since."""
    client = sign_in(cast.thu)
    client.cookies["django_language"] = "en"
    sent = {"title_vi": "", "rounding_step": "1.234", "page_lang": "vi"}
    url = reverse("figures:definition_add") + "?nguon=declared&don_vi=96&ky=2023-H1"
    response = client.post(url, sent)
    form = response.context["form"]
    assert form.cleaned_data["rounding_step"] == 1234
    assert "Nhập tên chỉ tiêu." in response.content.decode()
    response = client.post(url, sent | {"page_lang": "en"})
    assert "rounding_step" in response.context["form"].errors
