"""What somebody just changed about an indicator is taken back from the message."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from sohoi.audit import undo as taking_back
from sohoi.audit.models import Entry
from sohoi.figures.asking.queries import ask
from sohoi.figures.closing.actions import close_period
from sohoi.figures.definitions import actions
from sohoi.figures.models import IndicatorDefinition
from sohoi.figures.reading.queries import figures
from sohoi.lib.periods import parse_period
from sohoi.org.models import today

CLOSED_ON = today() + timedelta(days=30)
DECLARED = {
    "title_vi": "Hộ được giúp",
    "source": "declared",
    "section": "poverty",
    "kind": "flow",
    "measure": "hộ",
    "tier": "commune",
}


@pytest.fixture
def row(probe):
    return actions.add_indicator(key="probe.helped", by=probe.mai, **DECLARED)


def button(response) -> str:
    """Where the message's button leads; "" when it has none."""
    found = re.search(r'action="([^"]*/hoan-tac/[^"]*)"', response.content.decode())
    return found[1] if found else ""


def edited(client, row, **typed):
    """The answer to the page of its edit, with these words instead of what is there."""
    page = reverse("figures:definition_edit", args=[row.key]) + "?don_vi=96&ky=2023-H1"
    form = client.get(page).context["form"]
    known = {n: form[n].initial for n in form.fields if form[n].initial not in (None, "")}
    return client.post(page, known | typed, follow=True)


def closed(client, row, on: date = CLOSED_ON):
    page = reverse("figures:definition_close", args=[row.key])
    return client.post(page, {"on": on.strftime("%d/%m/%Y")}, follow=True)


def stored() -> list[dict]:
    return [*IndicatorDefinition.objects.values()]


@pytest.mark.parametrize("act", ["edit", "close"])
def test_an_edit_and_a_closing_are_taken_back_as_a_whole(probe, row, sign_in, act):
    before, client = stored(), sign_in(probe.thu)
    done = closed(client, row) if act == "close" else edited(client, row, title_vi="Hộ khác")
    assert stored() != before
    page = client.post(button(done), follow=True).content.decode()
    assert "Đã hoàn tác." in page
    assert stored() == before
    entry = Entry.objects.latest("at")
    assert (entry.verb, entry.actor_id) == ("figures.undo_indicator", probe.thu.pk)


def test_a_count_follows_its_records_again(probe, sign_in):
    count = actions.add_indicator(
        key="probe.heads",
        title_vi="Chi hội trưởng nhận nhiệm vụ",
        source="count",
        section="movement",
        kind="flow",
        record_kind="probe.appointment",
        date_column="valid_from",
        conditions=[{"column": "role", "operator": "in", "value": ["branch_head"]}],
        by=probe.mai,
    )

    def value() -> int:
        period = parse_period("2021")
        return figures(unit=probe.units.province.pk, period=period, keys=[count.key])[0].value

    before, client = value(), sign_in(probe.thu)
    done = edited(client, count, where_role=[])
    assert value() != before
    client.post(button(done))
    assert value() == before


def test_nobody_else_takes_it_back_nor_who_may_no_more(probe, row, sign_in):
    url = button(closed(sign_in(probe.thu), row))
    done = stored()
    assert {sign_in(who).post(url).status_code for who in (probe.mai, probe.hanh)} == {404}
    assert stored() == done


def test_what_was_done_since_or_long_ago_stays(probe, row, sign_in, monkeypatch):
    client = sign_in(probe.thu)
    url = button(edited(client, row, title_vi="Hộ khác"))
    actions.close_indicator(definition=row, on=CLOSED_ON, by=probe.mai)
    done = stored()
    assert "đã có thay đổi khác" in client.post(url, follow=True).content.decode()
    late = button(closed(client, row, CLOSED_ON + timedelta(days=1)))
    after = stored()
    monkeypatch.setattr(taking_back, "FOR", timedelta(0))
    assert "Đã quá 15 phút" in client.post(late, follow=True).content.decode()
    assert stored() == after != done


def test_a_closing_stays_once_another_indicator_follows(probe, row, sign_in):
    client = sign_in(probe.thu)
    url = button(closed(client, row))
    successor = DECLARED | {"title_vi": "Hộ được giúp vốn"}
    actions.add_indicator(
        key="probe.lent",
        follows=IndicatorDefinition.objects.get(),
        valid_from=CLOSED_ON,
        by=probe.mai,
        **successor,
    )
    done = stored()
    assert "thay cho chỉ tiêu này" in client.post(url, follow=True).content.decode()
    assert stored() == done


def test_the_meaning_stays_that_a_figure_was_declared_under(probe, row, sign_in, declare):
    client = sign_in(probe.thu)
    url = button(edited(client, row, measure="lượt"))
    declare(probe.units.commune, "2023-H1", {row.key: 3})
    done = stored()
    page = client.post(url, follow=True).content.decode()
    assert "Đã có đơn vị khai chỉ tiêu này" in page
    assert stored() == done


def test_one_that_was_just_added_has_no_button(probe, sign_in):
    page = reverse("figures:definition_add") + "?nguon=declared&don_vi=96&ky=2023-H1"
    client = sign_in(probe.thu)
    typed = DECLARED | {"scale": "1", "rounding_mode": "exact", "rounding_word": "hơn"}
    answer = client.post(page, typed)
    assert answer.status_code == 302
    assert button(client.get(answer.url)) == ""


def test_what_begins_later_does_not_begin_again_in_a_period_closed_since(probe, row, sign_in):
    client = sign_in(probe.thu)
    url = button(edited(client, row, valid_from="1/1/2024"))
    close_period(question=ask("96", "2023-H1"), by=probe.thu)
    page = client.post(url, follow=True).content.decode()
    assert "Đã có kỳ khoá đến ngày 30/6/2023" in page
    row.refresh_from_db()
    assert row.valid_from == date(2024, 1, 1)
