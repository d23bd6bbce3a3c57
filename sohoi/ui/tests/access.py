"""Who may open the pages of ui."""

from sohoi.kit.testing import Page


def access(cast) -> dict[str, Page]:
    return {"ui:gallery": Page("open"), "ui:charts": Page("open")}
