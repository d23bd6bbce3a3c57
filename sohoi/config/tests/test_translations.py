"""Catalogues: what is found in the source, what counts as translated, and how they are kept."""

import gettext
import os

import pytest

from sohoi.config import translations

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

def words(count):
    # Translators: said at the door
    _("Xin "
      "chào")
    pgettext_lazy("tháng", "Năm")
    return ngettext("%(count)s nhà", "%(count)s căn nhà", count) % {"count": count}

_(words)
"""
TEMPLATE = """{% load i18n %}
  <p title="{% translate "Tên xã" %}">{{ value|default:_("chưa có") }}</p>
{% blocktranslate trimmed with name=user.name %}
    Chào {{ name }},
    mời vào.
{% endblocktranslate %}
 {% blocktranslate count n=n %}{{ n }} dòng{% plural %}{{ n }} các dòng{% endblocktranslate %}
{% translate "Mở" context "cửa" %}
"""
FOUND = {
    (None, "Xin chào"),
    ("tháng", "Năm"),
    (None, ("%(count)s nhà", "%(count)s căn nhà")),
    (None, "Tên xã"),
    (None, "chưa có"),
    (None, "Chào %(name)s, mời vào."),
    (None, ("%(n)s dòng", "%(n)s các dòng")),
    ("cửa", "Mở"),
}


@pytest.fixture
def source(tmp_path):
    """A small product with one module and one template, and a test whose words do not count."""
    package = tmp_path / "product"
    (package / "templates" / "room").mkdir(parents=True)
    (package / "tests").mkdir()
    (package / "words.py").write_text(PYTHON)
    (package / "templates" / "room" / "page.html").write_text(TEMPLATE)
    (package / "tests" / "test_words.py").write_text('_("chỉ để thử")')
    return translations.extracted(package)


@pytest.fixture
def locale(tmp_path):
    return tmp_path / "locale"


def translate(source, locale, **strings):
    catalog = translations.updated("en", source, locale)
    for message in catalog:
        if message.id:
            plural = isinstance(message.id, tuple)
            message.string = message.id if plural else strings.get(message.id, message.id)
    return catalog


def test_words_are_found_in_python_and_in_templates(source):
    assert {(message.context, message.id) for message in source if message.id} == FOUND


def test_every_text_is_missing_at_first(source, locale):
    found = list(translations.problems(translations.updated("en", source, locale)))
    assert [kind for kind, _text in found] == ["missing"] * len(FOUND)


def test_a_complete_catalogue_has_no_problem(source, locale):
    translations.write("en", translate(source, locale), locale)
    assert list(translations.problems(translations.updated("en", source, locale))) == []


@pytest.mark.parametrize(
    ("text", "string", "problem"),
    [
        ("Tên xã", "", "missing"),
        ("Chào %(name)s, mời vào.", "Come in, %(nom)s.", "placeholders"),
        ("Chào %(name)s, mời vào.", "Come in.", "placeholders"),
    ],
)
def test_a_bad_translation_is_named(source, locale, text, string, problem):
    catalog = translate(source, locale, **{text: string})
    assert list(translations.problems(catalog)) == [(problem, text)]


def test_a_guess_does_not_count(source, locale):
    catalog = translate(source, locale)
    catalog["Tên xã"].flags.add("fuzzy")
    assert list(translations.problems(catalog)) == [("missing", "Tên xã")]


def test_a_text_no_longer_used_is_named_and_dropped(source, locale):
    source.add("Lời cũ")
    translations.write("en", translate(source, locale), locale)
    del source["Lời cũ"]

    catalog = translations.updated("en", source, locale)
    assert list(translations.problems(catalog)) == [("obsolete", "Lời cũ")]

    translations.write("en", catalog, locale)
    assert list(translations.problems(translations.updated("en", source, locale))) == []


def test_a_second_update_changes_nothing(source, locale):
    translations.write("en", translate(source, locale), locale)
    file = locale / "en" / "LC_MESSAGES" / "django.po"
    before = file.read_text()

    translations.write("en", translations.updated("en", source, locale), locale)
    assert file.read_text() == before
    assert ":1\n" not in before


def test_a_catalogue_is_compiled_when_its_text_has_changed(source, locale):
    translations.write("en", translate(source, locale, **{"Tên xã": "Commune"}), locale)
    translations.compile_stale(locale)
    compiled = locale / "en" / "LC_MESSAGES" / "django.mo"
    assert said(compiled, "Tên xã") == "Commune"

    translations.write("en", translate(source, locale, **{"Tên xã": "Commune name"}), locale)
    os.utime(compiled, (0, 0))
    translations.compile_stale(locale)
    assert said(compiled, "Tên xã") == "Commune name"
    assert sorted(file.name for file in compiled.parent.iterdir()) == ["django.mo", "django.po"]


def said(compiled, text: str) -> str:
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file).gettext(text)
