"""The page of a return: what is typed, what is kept, who may do what."""

import re

import pytest
from django.urls import reverse

from sohoi.figures.models import Statement
from sohoi.reports import actions
from sohoi.reports.choices import State
from sohoi.reports.models import Return, ReturnLine
from sohoi.reports.queries import saved_cells

TYPED = {"trial.total": "12", "trial.poor": "5", "trial.near": "7", "trial.gold": "490,5"}


def _url(answer: Return, name: str = "return") -> str:
    return reverse(f"reports:{name}", args=[answer.pk])


def _typed(answer: Return, *, send: bool = False, **changes: str) -> dict:
    """What the form sends back: `total="x"` stands for `trial.total`."""
    typed = TYPED | {f"trial.{name}": value for name, value in changes.items()}
    return typed | {"version": answer.version} | ({"submit": "1"} if send else {})


def _kept(answer: Return) -> dict[str, int]:
    return {key: cell.value for key, cell in saved_cells(answer).items()}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("hanh", 200),
        ("la", 200),
        ("thu", 200),
        ("mai", 200),
        ("lan", 404),
        ("xuan", 404),
        ("quan", 404),
    ],
)
def test_a_return_is_read_by_its_own_line_only(cast, sign_in, own, who, status):
    assert sign_in(getattr(cast, who)).get(_url(own)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("la", 404), ("thu", 404), ("mai", 404), ("xuan", 404)]
)
def test_a_return_is_written_by_its_own_unit_only(cast, sign_in, own, who, status):
    response = sign_in(getattr(cast, who)).post(_url(own), _typed(own, send=True))
    assert (response.status_code, ReturnLine.objects.count()) == (status, 0)


def test_the_whole_way_from_the_pages(cast, sign_in, own):
    page = sign_in(cast.hanh).get(_url(own)).content.decode()
    assert 'name="trial.gold"' in page
    assert sign_in(cast.hanh).post(_url(own), _typed(own, send=True)).status_code == 302
    for who, name in ((cast.la, "return_check"), (cast.mai, "return_accept")):
        own.refresh_from_db()
        client = sign_in(who)
        assert _url(own, name) in client.get(_url(own)).content.decode()
        assert client.get(_url(own, name)).status_code == 200
        assert client.post(_url(own, name), {"version": own.version}).status_code == 302
    own.refresh_from_db()
    assert own.state == State.ACCEPTED
    assert Statement.objects.get().unit_id == own.unit_id
    assert _kept(own) == {
        "trial.total": 12,
        "trial.poor": 5,
        "trial.near": 7,
        "trial.gold": 490_500,
    }


def test_a_draft_is_kept_unfinished(cast, sign_in, own):
    typed = {"trial.total": "2.370", "version": own.version}
    assert sign_in(cast.hanh).post(_url(own), typed).status_code == 302
    own.refresh_from_db()
    assert (_kept(own), own.state) == ({"trial.total": 2370}, State.DRAFT)
    assert 'value="2.370"' in sign_in(cast.hanh).get(_url(own)).content.decode()


@pytest.mark.parametrize("send", [True, False])
@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("poor", "năm hộ", "Hãy gõ số nguyên"),
        ("poor", "-5", "Số không được âm"),
        ("poor", "5,5", "Hãy gõ số nguyên"),
        ("poor", "2.37", "Hãy gõ số nguyên"),
        ("poor", "9" * 19, "Số quá lớn"),
        ("poor", "9" * 17, "Số quá lớn"),
        ("poor", "5\x005", "Hộ nghèo:"),
        ("gold", "490,5001", "nhiều nhất 3 chữ số"),
        ("gold", "490.5", "nhiều nhất 3 chữ số"),
        ("poor", "13", "Lớn hơn tổng"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_is_lost(
    cast, sign_in, own, send, field, typed, told
):
    response = sign_in(cast.hanh).post(_url(own), _typed(own, send=send, **{field: typed}))
    page = response.content.decode()
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {f"trial.{field}"}
    assert told in page
    if "\0" not in typed:
        assert f'value="{typed}"' in page
    own.refresh_from_db()
    assert own.state == State.DRAFT
    others = {"trial.total": 12, "trial.poor": 5, "trial.near": 7, "trial.gold": 490_500}
    kept = _kept(own)
    assert {key: kept[key] for key in others if key != f"trial.{field}"} == {
        key: value for key, value in others.items() if key != f"trial.{field}"
    }


def test_what_is_missing_is_said_only_when_sending(cast, sign_in, own):
    client = sign_in(cast.hanh)
    response = client.post(_url(own), _typed(own, send=True, poor="", near=""))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"trial.poor", "trial.near"}
    own.refresh_from_db()
    assert client.post(_url(own), _typed(own, poor="", near="")).status_code == 302


def test_after_a_refusal_the_same_page_is_sent_again(cast, sign_in, own):
    client = sign_in(cast.hanh)
    response = client.post(_url(own), _typed(own, send=True, poor="năm"))
    typed = _typed(own, send=True) | {"version": response.context["form"]["version"].value()}
    assert client.post(_url(own), typed).status_code == 302
    own.refresh_from_db()
    assert own.state == State.SUBMITTED


def test_a_difference_asks_for_its_reason_and_keeps_both_numbers(cast, sign_in, own):
    client = sign_in(cast.hanh)
    response = client.post(_url(own), _typed(own, send=True, total="20"))
    assert "Các phần cộng lại là 12, tổng ghi 20" in response.content.decode()
    own.refresh_from_db()
    typed = _typed(own, send=True, total="20") | {"trial.total:reason": "8 hộ chưa phân diện"}
    assert client.post(_url(own), typed).status_code == 302
    own.refresh_from_db()
    assert (own.state, _kept(own)["trial.total"]) == (State.SUBMITTED, 20)
    assert "8 hộ chưa phân diện" in sign_in(cast.la).get(_url(own)).content.decode()


def test_the_count_stands_beside_and_may_be_contradicted_and_left_again(
    cast, counted, sign_in, own
):
    client = sign_in(cast.hanh)
    assert "từ sổ" in client.get(_url(own)).content.decode()
    response = client.post(_url(own), _typed(own, send=True) | {counted: "3"})
    assert response.context["form"].errors.keys() == {counted}
    own.refresh_from_db()
    typed = _typed(own) | {counted: "3", f"{counted}:reason": "ghi sổ sau"}
    assert client.post(_url(own), typed).status_code == 302
    own.refresh_from_db()
    assert _kept(own)[counted] == 3
    assert client.post(_url(own), _typed(own, send=True)).status_code == 302
    assert _kept(own)[counted] is None


def test_a_second_officer_keeps_what_she_typed_and_is_told(cast, sign_in, own, fill):
    typed = _typed(own, poor="1", near="11")
    fill(own, {"trial.poor": 2})
    response = sign_in(cast.hanh).post(_url(own), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "vừa được người khác sửa" in page
    assert 'value="11"' in page
    assert _kept(own)["trial.poor"] == 2


def _sent_by(page) -> dict[str, str]:
    """What the browser would send back from the page as it stands."""
    form = page.context["form"]
    return {field.html_name: field.value() or "" for field in form if field.value() is not None}


def test_two_officers_at_once_lose_nothing_and_overwrite_knowingly(cast, sign_in, own, fill):
    client = sign_in(cast.hanh)
    fill(own)
    own.refresh_from_db()
    typed = _sent_by(client.get(_url(own)))
    own.refresh_from_db()
    fill(own, {"trial.total": 20, "trial.gold": 1_500}, total="8 hộ chưa phân diện")
    response = client.post(_url(own), typed | {"trial.gold": "600", "trial.poor": "6"})
    assert response.status_code == 422
    form = response.context["form"]
    shown = {key: form[key].value() for key in TYPED}
    assert shown == TYPED | {"trial.total": "20", "trial.gold": "600", "trial.poor": "6"}
    assert form["trial.total:reason"].value() == "8 hộ chưa phân diện"
    assert form.errors.keys() == {"__all__", "trial.gold"}
    assert "Người khác vừa ghi: 1,5 chỉ" in response.content.decode()
    assert _kept(own)["trial.gold"] == 1_500
    assert client.post(_url(own), _sent_by(response)).status_code == 302
    assert _kept(own) == {
        "trial.total": 20,
        "trial.poor": 6,
        "trial.near": 7,
        "trial.gold": 600_000,
    }
    own.refresh_from_db()
    assert own.state == State.DRAFT


@pytest.mark.parametrize("seen", ["", "[]", "{", '{"trial.gold":1}', '{"x":[1,2,3]}', "null"])
def test_a_forged_memory_of_the_page_is_taken_as_none(cast, sign_in, own, fill, seen):
    typed = _typed(own, gold="3") | {"seen": seen}
    fill(own)
    response = sign_in(cast.hanh).post(_url(own), typed)
    assert (response.status_code, _kept(own)["trial.gold"]) == (422, 490_500)
    assert response.context["form"]["trial.gold"].value() == "3"


def test_the_first_button_of_the_page_only_saves(cast, sign_in, own):
    page = sign_in(cast.hanh).get(_url(own)).content.decode()
    form = page[page.index('<form class="panel"') :]
    buttons = re.findall(r"<button[^>]*name=\"(\w+)\"", form[: form.index("</form>")])
    assert buttons == ["save", "submit"]
    assert sign_in(cast.hanh).post(_url(own), _typed(own) | {"save": "1"}).status_code == 302
    own.refresh_from_db()
    assert own.state == State.DRAFT


@pytest.mark.parametrize("version", ["", "abc", "-1", "999"])
def test_a_forged_version_writes_nothing(cast, sign_in, own, version):
    response = sign_in(cast.hanh).post(_url(own), TYPED | {"version": version, "submit": "1"})
    assert (response.status_code, ReturnLine.objects.count()) == (422, 0)


def test_a_closed_round_is_read_only_and_says_so(cast, sign_in, asked, own, fill):
    fill(own)
    own.refresh_from_db()
    actions.close_round(asked=asked, by=cast.thu)
    client = sign_in(cast.hanh)
    page = client.get(_url(own)).content.decode()
    assert 'name="trial.poor"' not in page
    response = client.post(_url(own), _typed(own, send=True, poor="1", near="11"))
    assert response.status_code == 422
    assert "Kỳ báo cáo đã khoá" in response.content.decode()
    assert _kept(own)["trial.poor"] == 5


def test_an_accepted_return_is_read_only(cast, sign_in, own, accept):
    accept(own)
    own.refresh_from_db()
    response = sign_in(cast.hanh).post(_url(own), _typed(own, poor="1", near="11"))
    assert response.status_code == 422
    assert "Tỉnh đã chấp nhận" in response.content.decode()
    assert _kept(own)["trial.poor"] == 5


def test_the_empty_form_writes_nothing_and_breaks_nothing(cast, sign_in, own):
    assert sign_in(cast.hanh).post(_url(own), {}).status_code == 422
    assert ReturnLine.objects.count() == 0


def test_the_district_sends_back_with_a_reason_the_unit_reads(cast, sign_in, own, send):
    sent = send(own)
    client = sign_in(cast.la)
    assert client.post(_url(own, "return_back"), {"version": sent.version}).status_code == 422
    typed = {"version": sent.version, "reason": "Xem lại số vàng"}
    assert client.post(_url(own, "return_back"), typed).status_code == 302
    page = sign_in(cast.hanh).get(_url(own)).content.decode()
    assert "Xem lại số vàng" in page
    assert cast.la.full_name in page


def test_only_the_province_opens_an_accepted_return_again(cast, sign_in, own, accept):
    accept(own)
    assert sign_in(cast.la).get(_url(own, "return_back")).status_code == 404
    own.refresh_from_db()
    typed = {"version": own.version, "reason": "Ghi nhầm"}
    assert sign_in(cast.mai).post(_url(own, "return_back"), typed).status_code == 302
    own.refresh_from_db()
    assert (own.state, Statement.objects.count()) == (State.RETURNED, 0)


def test_a_decision_on_what_was_not_seen_is_refused(cast, sign_in, own, send, fill):
    seen = send(own)
    saved = fill(actions.send_back(answer=seen, reason="Xem lại", by=cast.la), {"trial.gold": 1})
    actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    client = sign_in(cast.la)
    page = client.get(f"{_url(own, 'return_check')}?ban={seen.version}").content.decode()
    assert f'value="{seen.version}"' in page
    response = client.post(_url(own, "return_check"), {"version": seen.version})
    assert "vừa được người khác sửa" in response.content.decode()
    own.refresh_from_db()
    assert own.state == State.SUBMITTED


def test_the_history_shows_who_changed_what_from_what(cast, sign_in, own, fill):
    fill(own, by=cast.hanh)
    own.refresh_from_db()
    fill(own, {"trial.gold": 1_500}, by=cast.thu)
    page = sign_in(cast.mai).get(_url(own)).content.decode()
    history = page[page.index("Quá trình") :]
    assert "<del>490,5</del>" in history
    assert "<ins>1,5</ins>" in history
    assert history.index(cast.thu.full_name) < history.index(cast.hanh.full_name)
    assert "Điền 4 chỉ tiêu" in history


def test_a_reason_is_text_and_never_markup(cast, sign_in, own, fill):
    fill(own, {"trial.total": 20}, total="<script>alert(1)</script>")
    for who in (cast.hanh, cast.mai):
        page = sign_in(who).get(_url(own)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("who", ["hanh", "la", "mai"])
def test_a_return_costs_few_queries(
    cast, counted, sign_in, own, accept, django_assert_max_num_queries, who
):
    accept(own)
    client = sign_in(getattr(cast, who))
    client.get(_url(own))
    with django_assert_max_num_queries(20):
        assert client.get(_url(own)).status_code == 200
