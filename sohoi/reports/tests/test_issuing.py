"""A file of a closed period is the one that was issued, whatever changed since."""

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from sohoi.audit import undo as history
from sohoi.audit.models import Entry
from sohoi.figures.engine.actions import Declaration, accept_statement
from sohoi.figures.models import Closing
from sohoi.org.models import Unit
from sohoi.reports import actions, documents, files, text_actions
from sohoi.reports import undo as taking_back
from sohoi.reports.issuing import close_and_issue
from sohoi.reports.models import IssuedFile, Narrative, Round
from sohoi.reports.tests.conftest import PERIOD, SOUND
from sohoi.reports.tests.test_reorganising import MERGED, reorganise

PROVINCE, COMMUNE = "?don_vi=96&ky=2023-H1", "?don_vi=32100&ky=2023-H1"
TEXT = "## I. KẾT QUẢ\n\nCó [trial.total] hộ."
AT_CLOSING = {
    ("review", "docx", "union"),
    ("review", "pdf", "union"),
    ("annex", "docx", "union"),
    ("annex", "pdf", "union"),
    ("article", "docx", ""),
    ("article", "txt", ""),
}


def words(content: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(BytesIO(content)).paragraphs)


def address(kind: str = "review", form: str = "docx") -> str:
    return reverse("reports:file", args=[kind, form])


def kinds(**chosen) -> set[tuple[str, str, str]]:
    return {*IssuedFile.objects.filter(**chosen).values_list("kind", "form", "header")}


@pytest.fixture
def ready(cast, asked, own, accept) -> Round:
    """hanh's commune reported 12 households, and the texts are written."""
    accept(own)
    for unit in (cast.units.province, cast.units.commune):
        written = {"unit": unit, "period": PERIOD, "kind": "review", "version": 0}
        text_actions.write_narrative(body=TEXT, by=cast.thu, **written)
    return asked


@pytest.fixture
def closed(cast, ready, sign_in) -> Round:
    """thu has closed the round on its page."""
    client = sign_in(cast.thu)
    assert client.post(reverse("reports:round_close", args=[ready.pk])).status_code == 302
    ready.refresh_from_db()
    return ready


@pytest.fixture
def declare(cast) -> Callable[[int], None]:
    """`declare(15)`: another number of households comes from hanh's commune."""

    def accept(number: int) -> None:
        values = SOUND | {"trial.total": number}
        told = {key: Declaration(one, cast.hanh, timezone.now()) for key, one in values.items()}
        stated = {"unit": cast.units.commune, "period": PERIOD}
        accept_statement(asked=told, values=told, by=cast.thu, **stated)

    return accept


def test_closing_a_round_issues_the_files_of_its_own_unit(cast, closed):
    assert kinds(unit=cast.units.province, made_by=cast.thu) == AT_CLOSING
    assert IssuedFile.objects.count() == len(AT_CLOSING)
    made = Entry.objects.filter(verb="reports.issue", actor_id=cast.thu.pk)
    assert {entry.object_id for entry in made} == {*IssuedFile.objects.values_list("pk", flat=True)}
    issued = IssuedFile.objects.get(kind="review", form="docx")
    assert "Có 12 hộ." in words(bytes(issued.content))


@pytest.mark.parametrize(("kind", "form", "_header"), sorted(AT_CLOSING))
def test_the_same_bytes_whatever_changed_since(
    cast, closed, sign_in, declare, monkeypatch, tmp_path, kind, form, _header
):
    client = sign_in(cast.mai)
    before = client.get(address(kind, form) + PROVINCE)
    declare(15)
    monkeypatch.setattr(files, "render", lambda *_a, **_k: b"another template")
    monkeypatch.setattr(documents, "standard", lambda kind: "Another text.")
    Unit.objects.get(pk=cast.units.province.pk).versions.update(name="Tỉnh Khác")
    after = client.get(address(kind, form) + PROVINCE)
    assert (after.content, after["Content-Disposition"]) == (
        before.content,
        before["Content-Disposition"],
    )
    call_command("report", unit="96", period=PERIOD, kind=kind, out=str(tmp_path))
    assert (tmp_path / f"{kind}-96-2023-H1.{form}").read_bytes() == before.content


def test_a_screen_in_english_gets_the_same_file(cast, closed, sign_in):
    client = sign_in(cast.mai)
    vietnamese = client.get(address("annex", "docx") + PROVINCE + "&mau=state").content
    client.cookies["django_language"] = "en"
    answer = client.get(address("annex", "docx") + PROVINCE + "&mau=state")
    assert answer.content == vietnamese
    assert kinds(header="state") == {("annex", "docx", "state")}


def test_the_change_is_told_beside_the_file_and_not_in_it(cast, closed, sign_in, declare):
    client = sign_in(cast.mai)
    page = client.get(reverse("reports:document", args=["review"]) + PROVINCE).content.decode()
    assert "giữ nguyên. Số liệu nay vẫn như lúc khoá." in " ".join(page.split())
    declare(15)
    page = client.get(reverse("reports:document", args=["review"]) + PROVINCE).content.decode()
    assert "Số liệu nay khác ở 1 chỉ tiêu:" in page
    assert "Lúc khoá 12, nay theo hồ sơ là 15." in page
    # First asked for now: what it says is what was kept, without a word of the change.
    first = words(client.get(address() + COMMUNE).content)
    assert "Có 12 hộ." in first
    assert "nay theo hồ sơ" not in first
    assert kinds(unit=cast.units.commune, made_by=cast.mai) == {("review", "docx", "union")}


def test_what_changed_only_below_is_counted_too(cast, closed, sign_in, accept):
    other = {"unit": cast.units.commune_2, "period": PERIOD, "by": cast.thu}
    zero = {"trial.total": Declaration(0, cast.hanh, timezone.now())}
    accept_statement(asked=zero, values=zero, **other)
    client = sign_in(cast.mai)
    page = client.get(reverse("reports:document", args=["review"]) + PROVINCE).content.decode()
    assert "Số liệu nay vẫn như lúc khoá." in page
    page = client.get(reverse("reports:document", args=["annex"]) + "?don_vi=970&ky=2023-H1")
    assert "<strong>Hộ đăng ký.</strong> Nay khác ở 1 đơn vị cấp dưới." in page.content.decode()


def test_another_question_is_drawn_from_the_records_and_not_kept(cast, closed, sign_in, declare):
    declare(15)
    client = sign_in(cast.mai)
    for other in ("&cay=now", "&ngay=2023-05-31"):
        assert "Có 15 hộ." in words(client.get(address() + PROVINCE + other).content)
    assert IssuedFile.objects.count() == len(AT_CLOSING)


def test_opened_and_closed_again_there_are_new_files_beside_the_first(
    cast, closed, sign_in, declare
):
    client = sign_in(cast.thu)
    first = client.get(address() + PROVINCE).content
    declare(15)
    actions.reopen_round(asked=closed, reason="Sót ba hộ.", by=cast.thu)
    assert "Có 15 hộ." in words(client.get(address() + PROVINCE).content)
    assert IssuedFile.objects.count() == len(AT_CLOSING)
    page = client.get(reverse("reports:round", args=[closed.pk])).content.decode()
    assert "Sót ba hộ." in page
    kept = IssuedFile.objects.get(kind="review", form="docx")
    link = reverse("reports:issued_file", args=[kept.pk])
    assert link in page
    assert kept.sha256[:12] in page
    assert client.get(link).content == first
    close_and_issue(asked=closed, by=cast.thu)
    second = client.get(address() + PROVINCE).content
    assert "Có 15 hộ." in words(second)
    assert client.get(link).content == first
    assert IssuedFile.objects.count() == 2 * len(AT_CLOSING)
    groups = client.get(reverse("reports:round", args=[closed.pk])).context["issued"]
    assert [(bool(one["opened"]), len(one["files"])) for one in groups] == [(False, 6), (True, 6)]


def test_an_opening_taken_back_gives_the_first_files_again(cast, closed, sign_in, declare):
    client = sign_in(cast.thu)
    first = client.get(address() + PROVINCE).content
    declare(15)
    actions.reopen_round(asked=closed, reason="Nhầm.", by=cast.thu)
    step = closed.steps.last()
    taking_back.undo_round_step(asked=closed, step=step, by=cast.thu)
    assert client.get(address() + PROVINCE).content == first
    assert IssuedFile.objects.count() == len(AT_CLOSING)


def test_a_round_closed_before_keeps_its_files_when_first_asked_for(
    cast, ready, sign_in, declare, tmp_path
):
    actions.close_round(asked=ready, by=cast.thu)
    assert IssuedFile.objects.count() == 0
    client = sign_in(cast.mai)
    page = client.get(reverse("reports:document", args=["review"]) + PROVINCE).content.decode()
    assert "tệp tải lần đầu là tệp phát hành" in page
    call_command("report", unit="96", period=PERIOD, kind="review", out=str(tmp_path))
    declare(15)
    assert (
        client.get(address() + PROVINCE).content
        == (tmp_path / "review-96-2023-H1.docx").read_bytes()
    )
    assert kinds(made_by=None) == {("review", "docx", "union"), ("review", "pdf", "union")}


def test_each_sees_the_files_she_reaches(cast, closed, sign_in):
    sign_in(cast.mai).get(address() + COMMUNE)
    own = IssuedFile.objects.get(unit=cast.units.commune)
    above = IssuedFile.objects.filter(unit=cast.units.province)

    def met(who: str) -> tuple[set, set]:
        client = sign_in(getattr(cast, who))
        page = client.get(reverse("reports:round", args=[closed.pk])).content.decode()
        links = {one: reverse("reports:issued_file", args=[one.pk]) for one in (own, *above)}
        opened = {one for one, url in links.items() if client.get(url).status_code == 200}
        return {one for one, url in links.items() if url in page}, opened

    assert met("mai") == ({*above}, {own, *above})
    assert met("hanh") == ({own}, {own})
    assert met("la") == (set(), {own})
    assert met("xuan") == (set(), set())


def test_whoever_follows_a_unit_sees_what_was_issued_of_it(cast, closed, sign_in):
    before = sign_in(cast.hanh).get(address() + COMMUNE).content
    reorganise(*MERGED)
    client = sign_in(cast.hanh)
    groups = client.get(reverse("reports:round", args=[closed.pk])).context["issued"]
    (file,) = [file for group in groups for file in group["files"]]
    assert file["title"] == "Xã Tân Đức – Báo cáo – Word"
    assert client.get(file["url"]).content == before
    assert client.get(address() + COMMUNE).content == before


def test_the_page_of_a_round_leads_to_its_documents(cast, asked, sign_in):
    page = sign_in(cast.mai).get(reverse("reports:round", args=[asked.pk]))
    url = page.context["documents_url"]
    assert f'href="{url.replace("&", "&amp;")}"' in page.content.decode()
    answer = sign_in(cast.mai).get(url, follow=True)
    assert answer.status_code == 200
    assert "Tỉnh Cà Mau" in answer.content.decode()
    # hanh is led to her own commune's.
    own = sign_in(cast.hanh).get(reverse("reports:round", args=[asked.pk])).context["documents_url"]
    answer = sign_in(cast.hanh).get(own, follow=True)
    assert answer.status_code == 200
    assert answer.wsgi_request.question.unit.id == cast.units.commune.pk


def test_a_text_that_cannot_be_set_is_told_before_the_round_is_closed(cast, ready):
    Narrative.objects.filter(unit=cast.units.province).update(body="Một \uf0b7 hai.")
    with pytest.raises(actions.Refused, match="bỏ ký hiệu ấy"):
        close_and_issue(asked=ready, by=cast.thu)
    ready.refresh_from_db()
    assert (ready.is_open, Closing.objects.count(), IssuedFile.objects.count()) == (True, 0, 0)


def test_a_text_is_not_taken_back_once_its_period_is_closed(cast, ready):
    text = Narrative.objects.get(unit=cast.units.province)
    at = history.changes_about(text.pk).last().at
    close_and_issue(asked=ready, by=cast.thu)
    with pytest.raises(actions.Refused, match="lời văn giữ nguyên"):
        taking_back.undo_text(text=text, at=at, by=cast.thu)
    assert Narrative.objects.get(pk=text.pk).body == TEXT


def test_nothing_changes_or_takes_away_an_issued_file(cast, closed):
    files_of = IssuedFile.objects.filter(kind="review")
    issued = files_of.get(form="docx")
    other = {"closing": issued.closing, "content": b"1", "made_at": timezone.now(), "form": "pdf"}
    same = other | {"unit": issued.unit, "kind": "review", "header": "union"}
    for act in (
        lambda: files_of.update(content=b"1"),
        lambda: files_of.update(made_by=cast.mai),
        lambda: files_of.delete(),
        lambda: IssuedFile.objects.create(**same),
        lambda: IssuedFile.objects.create(**same | {"header": "gold"}),
        lambda: IssuedFile.objects.create(**same | {"unit": cast.units.other_province}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
