"""The text of a news item for a web form or a message: a blank line between paragraphs."""

from sohoi.reports.rendering.model import Article
from sohoi.reports.rendering.placing import placed_article


def render_plain(article: Article) -> str:
    values = placed_article(article)
    paragraphs = [
        "".join(run["text"] for run in paragraph["runs"]) for paragraph in values["paragraphs"]
    ]
    parts = [values["title"], values["sapo"], *paragraphs, values["demo_notice"]]
    return "\n\n".join(part for part in parts if part) + "\n"
