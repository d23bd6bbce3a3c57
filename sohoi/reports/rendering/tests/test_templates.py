"""The shipped Word templates are those that their source writes, and say what they are."""

import zipfile

import docx
import pytest

from sohoi.reports.rendering.template_source.__main__ import build_all
from sohoi.reports.rendering.word import TEMPLATES

NAMES = {"article.docx", "review-state.docx", "review-union.docx"}


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_shipped_templates_are_what_their_source_writes(tmp_path):
    built = build_all(tmp_path)
    assert {path.name for path in built} == NAMES
    assert {path.name for path in TEMPLATES.glob("*.docx")} == NAMES
    for path in built:
        assert parts(path) == parts(TEMPLATES / path.name)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_template_is_small_and_opens_with_a_word_to_the_office(name):
    path = TEMPLATES / name
    assert path.stat().st_size < 50_000
    assert docx.Document(path).paragraphs[0].text.startswith("{#p Mẫu do phần mềm điền.")
