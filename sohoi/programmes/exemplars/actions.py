"""Writes of the exemplars room: find, edit, take and mend steps; publish and mend publications."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sohoi.audit.actions import writing
from sohoi.kit.refusals import Refused
from sohoi.programmes.exemplars.choices import NO_CONSENT, Kind, State
from sohoi.programmes.exemplars.models import LIFE, Exemplar, Publication
from sohoi.records import life_actions
from sohoi.records.actions import changing, create, edit, remove
from sohoi.records.guard import locked


def find_exemplar(*, by: Any, **details: Any) -> Exemplar:
    """A unit finds a good model or an exemplary person."""
    code = "MH" if details.get("kind") == Kind.MODEL else "GD"
    return create(Exemplar, details, code=code, by=by, verb="exemplars.find")


def edit_exemplar(exemplar: Exemplar, *, version: int | None, by: Any, **changes: Any) -> Exemplar:
    """Correct what was written. Raises Refused without a consent needed."""
    verb = "exemplars.edit"
    return edit(exemplar, changes, version=version, by=by, verb=verb, rule=_may_stand)


def remove_exemplar(exemplar: Exemplar, *, reason: str, by: Any) -> None:
    """A record written by mistake. Raises Refused while publications speak of it."""
    remove(exemplar, reason=reason, by=by, verb="exemplars.remove", rule=_is_unpublished)


def take_step(
    exemplar: Exemplar, *, step: str, on: date, by: Any, replicated_to: str = ""
) -> Exemplar:
    """`step` (introduced or replicated) happened on that day; publicising follows publications."""
    with changing(exemplar, by=by, verb="exemplars.step") as current:
        LIFE.take(current, step, on)
        current.replicated_to = replicated_to
    return current


def correct_step(exemplar: Exemplar, *, step: str, on: date, reason: str, by: Any) -> Exemplar:
    verb = "exemplars.correct"
    return life_actions.correct(exemplar, step=step, on=on, reason=reason, by=by, verb=verb)


def take_back_step(exemplar: Exemplar, *, step: str, reason: str, by: Any) -> Exemplar:
    """The last step was written by mistake."""
    with changing(exemplar, by=by, verb="exemplars.take_back", reason=reason) as current:
        LIFE.take_back(current, step)
        if step == State.REPLICATED:
            current.replicated_to = ""
    return current


def publish(
    exemplar: Exemplar,
    *,
    by: Any,
    consent_on: date | None = None,
    consent_note: str = "",
    **details: Any,
) -> Publication:
    """The exemplar appeared on a channel. Raises Refused without introduction or consent.

    A person's consent, when the record has none yet, is given here and kept in the record.
    """
    verb = "exemplars.publish"
    with writing(by):
        if locked(exemplar).needs_consent:
            with changing(exemplar, by=by, verb=verb) as current:
                if consent_on is None:
                    raise Refused(NO_CONSENT, field="consent_on")
                current.consent_on, current.consent_note = consent_on, consent_note
        return create(
            Publication,
            details,
            within=exemplar,
            code="TT",
            by=by,
            verb=verb,
            rule=_after_introduction,
        )


def edit_publication(
    publication: Publication, *, version: int | None, reason: str, by: Any, **changes: Any
) -> Publication:
    """A publication was written wrongly."""
    return edit(
        publication,
        changes,
        version=version,
        reason=reason,
        by=by,
        verb="exemplars.edit_publication",
        rule=_after_introduction,
    )


def remove_publication(publication: Publication, *, reason: str, by: Any) -> None:
    """A publication written by mistake."""
    remove(publication, reason=reason, by=by, verb="exemplars.remove_publication")


def _may_stand(exemplar: Exemplar) -> None:
    if exemplar.publicised_on and exemplar.needs_consent:
        raise Refused(
            _("Gương cá nhân đã được tuyên truyền nên phải có ngày đồng ý nêu tên."),
            field="consent_on",
        )


def _is_unpublished(exemplar: Exemplar) -> None:
    if exemplar.publications.exists():
        raise Refused(_("Hồ sơ đã có lượt tuyên truyền. Gỡ các lượt ghi nhầm trước."))


def _after_introduction(publication: Publication) -> None:
    introduced = publication.exemplar.introduced_on
    if introduced is None or publication.published_on < introduced:
        raise Refused(
            _("Ghi ngày giới thiệu trước; ngày đăng không được sớm hơn ngày giới thiệu."),
            field="published_on",
        )
