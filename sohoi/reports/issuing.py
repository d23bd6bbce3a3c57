"""Files of a closed period: made once, kept, and given again byte for byte."""

from typing import Any

from django.utils import timezone

from sohoi.audit.actions import record, writing
from sohoi.figures.asking.rules import Question
from sohoi.figures.models import Closing
from sohoi.org.models import Unit
from sohoi.reports import files
from sohoi.reports.actions import close_round
from sohoi.reports.documents import Sheet, sheet_for
from sohoi.reports.models import IssuedFile, Round
from sohoi.reports.queries import closing_of


def close_and_issue(*, asked: Round, by: Any) -> None:
    """As `close_round`, and the files of the round's own unit are issued as its figures are now
    kept. Those with Quốc hiệu, and of the units below, are issued when they are first asked for:
    of a province with all its communes each takes a good part of a second. Raises Refused as
    `close_round` does, and where a file cannot be made: now the text can still be put right."""
    with writing(by):
        close_round(asked=asked, by=by)
        # Whoever is writing the unit's text comes before its files, or finds the period closed.
        Unit(pk=asked.unit_id).hold()
        question = asked.question
        closing = closing_of(question)
        for kind in files.KINDS:
            sheet = sheet_for(question, kind)
            for form in files.FORMATS[kind]:
                _keep(_named(question, kind, form), closing, sheet, by)


def file_of(*, question: Question, kind: str, form: str, header: str, by: Any) -> IssuedFile:
    """A file of the document. Of a closed period it is the one that was issued, kept when it is
    first asked for; otherwise it is drawn from the records as they are, and not kept.

    Raises as `files.render` does.
    """
    if form not in files.FORMATS[kind]:
        raise KeyError(form)
    asked = _named(question, kind, form, header)
    if closing := closing_of(question):
        return _issued(asked, closing) or _issue(asked, closing, question, by)
    return _drawn(asked, sheet_for(question, kind))


def _named(question: Question, kind: str, form: str, header: str = "") -> IssuedFile:
    """What is asked for, without its content; by default with the first header of the kind."""
    header = header if header in files.headers(kind) else files.headers(kind)[0]
    name = files.filename(question, kind, form)
    return IssuedFile(unit_id=question.unit.id, kind=kind, form=form, header=header, name=name)


def _issued(asked: IssuedFile, closing: Closing) -> IssuedFile | None:
    same = {name: getattr(asked, name) for name in ("unit_id", "kind", "form", "header")}
    return IssuedFile.objects.filter(closing=closing, **same).first()


def _issue(asked: IssuedFile, closing: Closing, question: Question, by: Any) -> IssuedFile:
    """Of two who ask for the same file at once, the second gets the one that the first issued."""
    with writing(by):
        holding = Closing.objects.select_for_update(no_key=True).filter(opened_at=None)
        if not holding.filter(pk=closing.pk).defer("words"):
            return _drawn(asked, sheet_for(question, asked.kind))
        # Its text and figures are read now that nobody opens the period any more, nor is still
        # writing; it may have been closed only after the question was put.
        Unit(pk=asked.unit_id).hold()
        sheet = sheet_for(question.about(question.unit), asked.kind)
        return _issued(asked, closing) or _keep(asked, closing, sheet, by)


def _keep(asked: IssuedFile, closing: Closing, sheet: Sheet, by: Any) -> IssuedFile:
    """Inside `writing`."""
    made = _drawn(asked, sheet)
    made.closing, made.made_at, made.made_by = closing, timezone.now(), by
    made.save(force_insert=True)
    record(by=by, verb="reports.issue", thing=made)
    return made


def _drawn(asked: IssuedFile, sheet: Sheet) -> IssuedFile:
    variant = asked.header or files.UNION
    asked.content = files.render(sheet, asked.kind, asked.form, variant=variant)
    return asked
