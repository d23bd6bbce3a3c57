"""Components: what a reader, a screen reader and htmx are given."""

import re
from datetime import datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from sohoi.ui.templatetags.ui import ICONS, chip, grouped_options, icon, tile

FIGURE = {
    "title": "Chỉ tiêu",
    "value_text": "41,5 tỷ đồng",
    "measure": "",
    "basis_text": "đếm từ sổ",
    "coverage_text": "97/100 đơn vị",
    "as_at_text": "8:30 14/7/2023",
    "url": "/chi-tieu/",
}


def drawn(source: str, **context) -> str:
    html = Template("{% load ui %}" + source).render(Context(context))
    return " ".join(re.sub(r">\s+<", "><", html).split())


@pytest.mark.parametrize(
    ("value", "measure", "number", "words"),
    [
        ("41,5 tỷ đồng", "", "41,5", "tỷ đồng"),
        ("2.370", "thành viên", "2.370", "thành viên"),
        ("–", "hộ", "–", "hộ"),
        ("không so sánh được", "", "không so sánh được", ""),
    ],
)
def test_only_the_number_of_a_tile_is_large(value, measure, number, words):
    html = tile(FIGURE | {"value_text": value, "measure": measure})
    assert f'<span class="tile-value"><b>{number}</b> {words}</span>' in html


def test_a_tile_is_one_link_that_says_everything():
    html = drawn("{% tile figure %}", figure=FIGURE | {"warning": "Lệch 90"})
    assert html.count("<a ") == 1
    assert 'href="/chi-tieu/"' in html
    for text in ("Chỉ tiêu", "41,5", "tỷ đồng", "97/100 đơn vị", "8:30 14/7/2023", "Lệch 90"):
        assert text in html


BAD = "<b>'&\""
GROUP = {"title": BAD, "icon": "plus", "anchor": "menu", "url": BAD, "active": True}
ITEM = {"title": BAD, "url": BAD, "active": True}


@pytest.mark.parametrize(
    ("tag", "given"),
    [
        ("options given", [{"key": BAD, "title": BAD, "selected": True}]),
        ('checkboxes "column" given', [{"key": BAD, "title": BAD, "chosen": True}]),
        ("column_heads given", [{"title": BAD, "numeric": True, "sort_url": BAD, "sort_dir": ""}]),
        ("rail_groups given", [GROUP | {"items": [ITEM]}]),
        ("rail_groups given", [GROUP | {"items": [ITEM, ITEM]}]),
        ("bar_links given", [GROUP]),
    ],
)
def test_what_is_drawn_in_one_call_is_escaped(tag, given):
    html = drawn(f"{{% {tag} %}}", given=given)
    assert "<b>" not in html
    assert html.count("&lt;b&gt;&#x27;&amp;&quot;") >= 2


def test_what_people_typed_is_escaped():
    cells = [
        SimpleNamespace(head='"<u>', url="/?a=1&b=2", text="<s>"),
        SimpleNamespace(head="", url="", text=""),
    ]
    html = drawn(
        "{% tile figure %}{% chip title %}{% number_cells cells %}",
        figure=FIGURE | {"title": "<b>"},
        title="<i>",
        cells=cells,
    )
    row = (
        '<td class="number" data-label="&quot;&lt;u&gt;"><a href="/?a=1&amp;b=2">&lt;s&gt;</a></td>'
    )
    assert html.endswith(f'{row}<td class="number" data-label="">–</td>')
    assert "<b>&lt;" not in html
    assert "&lt;b&gt;" in html
    assert "&lt;i&gt;" in html


def test_an_unknown_tone_is_plain():
    assert chip("Tạm", "màu lạ") == '<span class="chip chip-plain">Tạm</span>'
    assert chip("Xong", "done") == '<span class="chip chip-done">Xong</span>'


def test_drawings_are_silent_and_carry_no_style():
    drawings = {path.stem: icon(path.stem) for path in ICONS.glob("*.svg")}
    assert len(drawings) >= 17
    for drawing in drawings.values():
        assert 'aria-hidden="true"' in drawing
        assert "style" not in drawing
    assert icon("không có") == ""


def test_the_current_step_is_said_and_done_steps_are_ticked():
    steps = [
        {"title": "Đề nghị", "text": "2/3/2023", "state": "done"},
        {"title": "Duyệt", "text": "", "state": "current"},
        {"title": "Bàn giao", "text": "", "state": "todo"},
    ]
    html = drawn("{% stepper steps %}", steps=steps)
    assert html.count('aria-current="step"') == 1
    assert html.count("<svg") == 1


def test_a_change_shows_before_and_after():
    entry = {
        "when": datetime(2023, 7, 14, 8, 30),
        "who": "Lan",
        "changes": [{"field": "Diện tích", "before": 36, "after": 45}],
    }
    html = drawn("{% timeline entries %}", entries=[entry])
    assert "Diện tích: <del>36</del> → <ins>45</ins>" in html
    assert "08:30 14/7/2023" in html


def test_a_long_job_asks_again_until_it_is_over():
    running = drawn('{% progress "Nạp" 3 10 "/viec/" %}')
    assert 'hx-get="/viec/"' in running
    assert 'value="3"' in running
    assert "hx-get" not in drawn('{% progress "Nạp" 10 10 "/viec/" %}')


def test_groups_of_choices_have_their_title_and_nothing_in_them_is_markup():
    choice = {"key": BAD, "title": BAD, "selected": False}
    html = grouped_options([("", [choice]), (BAD, [choice])])
    assert "<b>" not in html
    assert (html.count("<option"), html.count("<optgroup")) == (2, 1)
    assert html.index("<option ") < html.index("<optgroup")


def test_words_looked_up_once_read_in_the_language_of_each_page():
    page = Template("{% load i18n ui %}{% translate 'Tìm' %}")
    read = []
    for lang in ("vi", "en", "vi"):
        with translation.override(lang):
            read.append(page.render(Context()))
    assert read == ["Tìm", "Search", "Tìm"]


def test_words_in_a_variable_are_looked_up_each_time():
    page = Template(
        "{% load i18n ui %}{% translate said %} {% translate 'Tìm' as kept %}{{ kept }}"
    )
    assert [page.render(Context({"said": word})) for word in "ab"] == ["a Tìm", "b Tìm"]
