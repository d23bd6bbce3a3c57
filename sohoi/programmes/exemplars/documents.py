"""How an exemplar reads on its page: facts, steps, publications, ready to be placed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.lib import dates
from sohoi.programmes.exemplars.choices import State
from sohoi.programmes.exemplars.models import STEPS, Exemplar, Publication

TONES = {
    State.FOUND: "plain",
    State.INTRODUCED: "info",
    State.PUBLICISED: "done",
    State.REPLICATED: "done",
}


def tone_of(exemplar: Exemplar) -> str:
    return TONES[State(exemplar.state)]


def facts_of(exemplar: Exemplar) -> list[dict]:
    """Names and values for the definition list; empty ones are left out."""
    facts = [
        (_("Đơn vị"), exemplar.unit_name),
        (_("Loại"), exemplar.get_kind_display()),
        (_("Lĩnh vực"), exemplar.get_field_display()),
        (_("Tóm tắt"), exemplar.summary),
        (_("Nơi nhân rộng"), exemplar.replicated_to),
        (
            _("Đồng ý nêu tên"),
            dates.short(exemplar.consent_on) if exemplar.consent_on else "",
        ),
        (_("Hình thức đồng ý"), exemplar.consent_note),
    ]
    return [{"title": title, "text": text} for title, text in facts if text]


def steps_of(exemplar: Exemplar) -> list[dict]:
    """The stepper: each step with its day, done, current or to come."""
    current = next((s for s, column in STEPS.items() if not getattr(exemplar, column)), None)
    return [
        {
            "title": state.label,
            "text": dates.short(day) if (day := getattr(exemplar, column)) else "",
            "state": "done" if day else "current" if state == current else "todo",
        }
        for state, column in STEPS.items()
    ]


def publications_of(exemplar: Exemplar) -> list[dict]:
    """The latest first."""
    return [
        {
            "code": found.code,
            "channel": found.get_channel_display(),
            "outlet": found.outlet,
            "title": found.title,
            "link": found.link,
            "day": dates.short(found.published_on),
            "remove_url": reverse("exemplars:publication_remove", args=[found.pk]),
        }
        for found in exemplar.publications.order_by("-published_on", "pk")
    ]


def removal_of(publication: Publication) -> list[str]:
    """What follows when this publication is taken back."""
    told = [
        _("Lượt trên kênh “%(channel)s” ngày %(day)s không còn được tính.")
        % {
            "channel": publication.get_channel_display(),
            "day": dates.short(publication.published_on),
        }
    ]
    if not publication.exemplar.publications.exclude(pk=publication.pk).exists():
        told.append(_("Đây là lượt duy nhất: hồ sơ thôi được tính là đã tuyên truyền."))
    return told
