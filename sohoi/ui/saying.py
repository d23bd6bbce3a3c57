"""The tag `{% translate "…" %}`, whose plain words are looked up once a language."""

from typing import Any

from django.template import Context, Node
from django.template.base import Parser, Token
from django.templatetags.i18n import do_translate
from django.utils.translation import get_language


class Said(Node):
    """Words that depend on nothing but the language: a page has dozens."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._words: dict[str | None, Any] = {}

    def render(self, context: Context) -> str:
        lang = get_language()
        if lang not in self._words:
            self._words[lang] = self._node.render(context)
        return self._words[lang]


def translate(parser: Parser, token: Token) -> Node:
    """As Django's; one that is kept in a variable, or has a variable in it, is left as it is."""
    _tag, words, *others = token.split_contents()
    node = do_translate(parser, token)
    is_plain = not others and words[0] in "\"'" and words[0] == words[-1]
    return Said(node) if is_plain else node
