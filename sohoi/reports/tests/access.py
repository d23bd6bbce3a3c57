"""Who may open which page of the reports: a round of Cà Mau and the return of hanh's commune."""

from datetime import date

from sohoi.figures.asking.queries import ask
from sohoi.figures.closing.actions import close_period
from sohoi.figures.engine.actions import accept_statement
from sohoi.kit.testing import Page
from sohoi.reports import actions
from sohoi.reports.issuing import file_of
from sohoi.reports.models import Narrative

READERS = "hanh la thu mai"


def _text(cast) -> dict:
    made = Narrative.objects.create(unit=cast.units.province, period="2023-H1", kind="article")
    return {"pk": made.pk}


def _issued(cast) -> dict:
    """A file of hanh's commune, of a period that was closed for it."""
    question = ask(cast.units.commune.pk, "2022-H2")
    close_period(question=question, by=cast.thu)
    asked = {"question": question, "kind": "article", "form": "txt"}
    return {"pk": file_of(header="", by=cast.hanh, **asked).pk}


def access(cast) -> dict[str, Page]:
    days = {"cut_off": date(2023, 6, 30), "due": date(2023, 7, 5)}
    asked = actions.open_round(unit=cast.units.province, period="2023-H1", by=cast.thu, **days)
    stated = {"period": "2023-H1", "asked": (), "values": {}}
    declared = accept_statement(unit=cast.units.commune, by=cast.thu, **stated)
    one = {"pk": asked.pk}
    answer = asked.returns.get(unit=cast.units.commune)
    own = {"pk": actions.submit_return(answer=answer, version=1, by=cast.hanh).pk}
    other = asked.returns.get(unit=cast.units.commune_2)
    sent = actions.submit_return(answer=other, version=1, by=cast.hanh)
    back = {"pk": actions.send_back(answer=sent, reason="Xem lại", by=cast.la).pk}
    review = {"kind": "review"}
    return {
        "reports:rounds": Page(f"{READERS} xuan"),
        "reports:round": Page(READERS, one),
        "reports:round_open": Page("thu"),
        "reports:round_change": Page("thu", one),
        "reports:round_close": Page("thu", one),
        "reports:round_reopen": Page("thu", one),
        "reports:round_accept": Page("thu mai", one),
        "reports:round_undo": Page("thu", one),
        "reports:accepting_undo": Page("thu mai", one),
        "reports:return": Page(READERS, own),
        "reports:return_check": Page("la", own),
        "reports:return_accept": Page("thu mai", own),
        "reports:return_back": Page("la thu mai", own),
        "reports:return_take_back": Page("hanh", own),
        "reports:return_reason": Page("la thu mai", back),
        "reports:return_undo": Page(f"{READERS} xuan", own),
        "reports:statement": Page(READERS, {"pk": declared.pk}),
        "reports:documents": Page(f"{READERS} xuan"),
        "reports:document": Page(f"{READERS} xuan", review),
        "reports:file": Page(f"{READERS} xuan", review | {"form": "docx"}),
        "reports:issued_file": Page(READERS, _issued(cast)),
        "reports:narrative": Page("thu", review),
        "reports:narrative_undo": Page("thu", _text(cast)),
    }
