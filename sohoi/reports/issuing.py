"""Files of a closed period: made once, kept, and given again byte for byte."""

from typing import Any

from django.utils import timezone

from sohoi.audit.actions import record, writing
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
        for kind in files.KINDS:
            sheet = sheet_for(asked.question, kind)
            for form in files.FORMATS[kind]:
                file_of(sheet=sheet, kind=kind, form=form, header=files.UNION, by=by)


def file_of(*, sheet: Sheet, kind: str, form: str, header: str, by: Any) -> IssuedFile:
    """A file of the document. Of a closed period it is the one that was issued, kept when it is
    first asked for; otherwise it is drawn from the records as they are, and not kept.

    Raises as `files.render` does.
    """
    if form not in files.FORMATS[kind]:
        raise KeyError(form)
    header = header if header in files.headers(kind) else files.headers(kind)[0]
    asked = IssuedFile(
        unit_id=sheet.place.id,
        kind=kind,
        form=form,
        header=header,
        name=files.filename(sheet, kind, form),
    )
    if closing := closing_of(sheet.question):
        return _issued(asked, closing) or _issue(asked, closing, sheet, by)
    return _drawn(asked, sheet)


def _issued(asked: IssuedFile, closing: Closing) -> IssuedFile | None:
    same = {name: getattr(asked, name) for name in ("unit_id", "kind", "form", "header")}
    return IssuedFile.objects.filter(closing=closing, **same).first()


def _issue(asked: IssuedFile, closing: Closing, sheet: Sheet, by: Any) -> IssuedFile:
    """Of two who ask for the same file at once, the second gets the one that the first issued."""
    with writing(by):
        holding = Closing.objects.select_for_update(no_key=True).filter(opened_at=None)
        if not holding.filter(pk=closing.pk).defer("words"):
            return _drawn(asked, sheet)
        if issued := _issued(asked, closing):
            return issued
        made = _drawn(asked, sheet)
        made.closing, made.made_at, made.made_by = closing, timezone.now(), by
        made.save(force_insert=True)
        record(by=by, verb="reports.issue", thing=made)
    return made


def _drawn(asked: IssuedFile, sheet: Sheet) -> IssuedFile:
    variant = asked.header or files.UNION
    asked.content = files.render(sheet, asked.kind, asked.form, variant=variant)
    return asked
