"""What a return asks is fixed when it is first sent: nothing defined later is asked of it."""

from contextlib import suppress
from datetime import date

import pytest
from django.urls import reverse

from sohoi.accounts.actions import appoint
from sohoi.accounts.roles import PROVINCE_OFFICER
from sohoi.figures.asking.queries import ask
from sohoi.figures.models import IndicatorDefinition, Statement
from sohoi.figures.quality.queries import silent_units
from sohoi.figures.reading.queries import figures
from sohoi.kit.indicators import Declared, Records
from sohoi.kit.refusals import Refused
from sohoi.lib.periods import parse_period
from sohoi.org.queries import place_by_code
from sohoi.reports import actions
from sohoi.reports.bulk import fill_returns
from sohoi.reports.choices import State
from sohoi.reports.coverage import coverage, differences_in
from sohoi.reports.documents import notes, sheet_for
from sohoi.reports.models import Return, Round
from sohoi.reports.queries import asked_of, beside
from sohoi.reports.tests.conftest import CUT_OFF, PERIOD, SOUND, cells_of

LATE = "trial.late"


def add_indicator(**fields) -> None:
    late = {
        "key": LATE,
        "title_vi": "Chỉ tiêu thêm sau",
        "title_en": "Added later",
        "kind": "flow",
        "measure": "hộ",
        "measure_en": "households",
        "source": "declared",
        "tier": "commune",
        "section": "poverty",
        "parts": ["trial.poor"],
    }
    IndicatorDefinition.objects.create(**late | fields)


def keys_of(answer) -> set[str]:
    return {i.key for i in asked_of(answer)}


def test_what_is_defined_later_is_asked_of_those_who_have_not_sent(cast, asked, own, send):
    sent, other = send(own), asked.returns.get(unit=cast.units.commune_2)
    first = keys_of(sent)
    assert first >= {*SOUND}
    add_indicator()
    assert (LATE in keys_of(sent), LATE in keys_of(other)) == (False, True)
    back = actions.send_back(answer=sent, reason="Xem lại", by=cast.la)
    again = actions.submit_return(answer=back, version=back.version, by=cast.hanh)
    accepted = actions.accept_return(
        answer=actions.check_return(answer=again, by=cast.la), by=cast.thu
    )
    assert {*Statement.objects.get().answers.asked} == first
    reopened = actions.reopen_return(answer=accepted, reason="Xem lại", by=cast.thu)
    assert keys_of(reopened) == first


def test_the_page_of_a_return_that_came_back_has_no_new_field(cast, own, send, sign_in):
    back = actions.send_back(answer=send(own), reason="Xem lại", by=cast.la)
    add_indicator()
    page = sign_in(cast.hanh).get(reverse("reports:return", args=[back.pk])).content.decode()
    assert "Chỉ tiêu thêm sau" not in page
    assert "Hộ cận nghèo" in page


def test_taking_a_first_sending_back_asks_no_more_than_was_sent(cast, own, send):
    sent = send(own)
    draft = actions.take_back(answer=sent, reason="Gửi nhầm", by=cast.hanh)
    add_indicator()
    assert (draft.state, LATE in keys_of(draft)) == (State.DRAFT, False)


def test_a_round_names_no_difference_in_what_a_return_was_not_asked(asked, own, send):
    send(own)
    add_indicator()
    assert differences_in(asked, coverage(asked).rows) == []


def test_the_last_day_of_a_period_stays_asked_where_its_round_ends_before(asked):
    Round.objects.filter(pk=asked.pk).update(cut_off=date(2023, 5, 31))
    whole, usual = ask("96", asked.span, day=asked.span.end), ask("96", asked.span)
    said = whole.parameters
    assert (usual.day, whole.day) == (date(2023, 5, 31), asked.span.end)
    assert ask(said["don_vi"], said["ky"], day=said["ngay"]) == whole


def test_whom_a_round_asks_is_silent_until_accepted(cast, asked, own, accept, sign_in):
    """Also before anybody at all has reported; whom no round asks is not named."""
    province = place_by_code("96", on=CUT_OFF)
    asked.returns.filter(unit=cast.units.ward).delete()
    named = {unit.unit_id for unit in silent_units(ask(province.id, asked.span))}
    assert named == set(asked.returns.values_list("unit_id", flat=True))
    page = sign_in(cast.thu)
    url = f"{reverse('figures:quality')}?don_vi=96&ky={PERIOD}"
    assert "Chưa đơn vị nào báo cáo trong kỳ này." in page.get(url).content.decode()
    accept(own)
    assert own.unit_id not in {unit.unit_id for unit in silent_units(ask(province.id, asked.span))}
    assert "Chưa đơn vị nào báo cáo" not in page.get(url).content.decode()


def test_the_figure_and_the_notes_say_who_was_not_asked(cast, asked, accept, own):
    accept(own)
    add_indicator()
    rows = {"32101": cells_of(SOUND | {LATE: 5})}
    fill_returns(asked=asked, rows=rows, state=State.ACCEPTED, by=cast.thu)
    (figure,) = figures(unit=cast.units.province.pk, period=parse_period(PERIOD), keys=[LATE])
    assert (figure.value, figure.reported, figure.expected, figure.not_asked) == (5, 1, 3, 1)
    told = notes(sheet_for(figure.question, "review"))
    words = "1/3 đơn vị đã báo cáo, 1 đơn vị chưa được hỏi chỉ tiêu này: Chỉ tiêu thêm sau."
    assert words in {one.text for one in told}


def test_what_belongs_to_a_province_is_asked_there_only(cast, asked):
    units = cast.units
    add_indicator(owner=units.province)
    actions.open_round(
        unit=units.other_province, period=PERIOD, cut_off=CUT_OFF, due=asked.due, by=None
    )
    having = {answer.unit_id for answer in Return.objects.all() if LATE in keys_of(answer)}
    assert having == {unit.pk for unit in (units.commune, units.commune_2, units.ward)}
    elsewhere, rows = Round.objects.exclude(pk=asked.pk).get(), {"31900": cells_of({LATE: 1})}
    with pytest.raises(Refused):
        fill_returns(asked=elsewhere, rows=rows, state=State.DRAFT, by=None)


def test_what_belongs_to_a_province_is_written_of_there_only(cast, asked, sign_in):
    there = cast.units.other_province
    appoint(user=cast.xuan, role=PROVINCE_OFFICER, unit=there, valid_from=CUT_OFF, by=None)
    add_indicator(owner=cast.units.province)
    typed = {"body": f"Có [{LATE}] hộ.", "version": 0}
    for user, code, status in ((cast.thu, "96", 302), (cast.xuan, "95", 422)):
        page = reverse("reports:narrative", args=["review"]) + f"?don_vi={code}&ky={PERIOD}"
        client = sign_in(user)
        assert (LATE in client.get(page).content.decode()) == (status == 302)
        assert client.post(page, typed).status_code == status


def test_an_indicator_whose_key_has_digits_is_written_of_by_its_key(cast, asked, sign_in):
    client = sign_in(cast.thu)
    step = reverse("figures:definition_add") + f"?nguon=declared&don_vi=96&ky={PERIOD}"
    named = {"title_vi": "Hộ 5 không, 3 sạch", "section": "poverty", "kind": "flow"}
    named |= {"tier": "commune", "measure": "hộ", "scale": "1"}
    added = client.post(step, named | {"rounding_mode": "exact", "rounding_word": "hơn"})
    assert added.status_code == 302
    key = IndicatorDefinition.objects.get(title_vi=named["title_vi"]).key
    rows = {"32100": cells_of(SOUND | {key: 7})}
    fill_returns(asked=asked, rows=rows, state=State.ACCEPTED, by=cast.thu)
    page = f"?don_vi=96&ky={PERIOD}"
    text = {"body": f"Có [{key}] hộ.", "version": 0}
    saved = client.post(reverse("reports:narrative", args=["review"]) + page, text)
    assert saved.status_code == 302
    shown = client.get(reverse("reports:document", args=["review"]) + page).content.decode()
    assert f"/so-lieu/{key}/" in shown
    assert ">7</a> hộ." in shown


def test_what_passes_to_a_room_is_no_longer_asked_in_the_periods_after(cast, asked, own, counted):
    row = {"tier": "commune", "measure": "lượt", "measure_en": "times"}
    add_indicator(key=counted, passed_on=date(2023, 7, 1), **row)
    assert isinstance({i.key: i for i in asked_of(own)}[counted].source, Declared)
    next_half = {"period": "2023-H2", "cut_off": date(2023, 12, 31), "due": date(2024, 1, 5)}
    after = actions.open_round(unit=cast.units.province, by=None, **next_half)
    answer = after.returns.get(unit=own.unit)
    assert isinstance({i.key: i for i in asked_of(answer)}[counted].source, Records)
    missing = {}
    for each in (own, answer):
        saved = actions.save_return(
            answer=each, version=each.version, cells=cells_of(SOUND), by=cast.hanh
        )
        with suppress(Refused):
            actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
        each.refresh_from_db()
        missing[each.round.period] = each.state == State.DRAFT
    assert missing == {"2023-H1": True, "2023-H2": False}
    (near,) = beside(after, asked_of(answer), [own.unit_id]).values()
    # A half counted by a book that was not yet kept is no number to compare with.
    assert (near.counted[counted], near.last[counted]) == (0, None)
