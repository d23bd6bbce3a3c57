"""Documents are made of live figures and tell the officer what does not add up."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.utils import timezone

from sohoi.figures.asking.queries import ask
from sohoi.figures.closing.actions import close_period
from sohoi.figures.engine.actions import Declaration, accept_statement
from sohoi.figures.models import IndicatorDefinition
from sohoi.lib.periods import parse_period
from sohoi.org.actions import found_unit
from sohoi.org.models import UnitVersion
from sohoi.org.queries import place_of
from sohoi.reports import actions, documents, files, text_actions
from sohoi.reports.models import Narrative

H1 = parse_period("2023-H1")
TEXT = "## I. KẾT QUẢ\n\nGiúp [x.all] hộ ([x.poor] nghèo, [x.near] cận nghèo) ở [@unit], [@period]."


@pytest.fixture
def indicators(db):
    common = {"kind": "flow", "measure": "hộ", "measure_en": "households", "source": "declared"}
    common |= {"tier": "commune", "section": "poverty"}
    for key, parts in (("x.poor", []), ("x.near", []), ("x.all", ["x.poor", "x.near"])):
        IndicatorDefinition.objects.create(
            key=key, title_vi=key, title_en=key, parts=parts, **common
        )


@pytest.fixture
def declare(cast):
    def accept(**values):
        now = {key: Declaration(value, cast.hanh, timezone.now()) for key, value in values.items()}
        named = {f"x.{key}": found for key, found in now.items()}
        accept_statement(
            unit=cast.units.commune, period="2023-H1", asked=named, values=named, by=cast.thu
        )

    return accept


@pytest.fixture
def sheet(cast, indicators):
    def make(text: str = TEXT) -> documents.Sheet:
        return documents.Sheet(ask(cast.units.province.pk, H1), text)

    return make


def words(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_the_review_says_the_figures_and_follows_when_they_change(sheet, declare):
    declare(all=772, poor=234, near=538)
    before = words(files.render(sheet(), "review", "docx"))
    assert "Giúp 772 hộ (234 nghèo, 538 cận nghèo) ở tỉnh Cà Mau, 6 tháng đầu năm 2023." in before
    declare(all=1772, poor=234, near=1538)
    after = words(files.render(sheet(), "review", "docx"))
    assert "Giúp 1.772 hộ" in after


def test_a_contradiction_is_printed_for_the_officer_and_not_corrected(sheet, declare):
    declare(all=772, poor=234, near=448)
    (note, *_others) = documents.notes(sheet())
    assert "772" in note.text
    assert "234 + 448 = 682" in note.text
    assert "90" in note.text


def test_missing_returns_are_told_with_their_coverage(sheet, declare):
    declare(all=1, poor=1, near=0)
    told = " ".join(note.text for note in documents.notes(sheet()))
    assert "1/3 đơn vị đã báo cáo" in told


def test_an_indicator_that_is_gone_breaks_nothing_and_is_told(sheet, declare):
    declare(all=1, poor=1, near=0)
    made = sheet("Xây [gone.figure] căn.")
    content = words(files.render(made, "review", "docx"))
    assert "Xây … căn." in content
    assert any("gone.figure" in note.text for note in documents.notes(made))


def test_the_annex_has_a_row_for_each_indicator_and_a_column_for_each_unit(sheet, declare):
    declare(all=5, poor=3, near=2)
    (annex,) = documents.annexes(sheet())
    (table,) = annex.tables
    heads = [column.title for column in table.columns]
    assert heads == ["Chỉ tiêu", "Tổng số", "Đầm Dơi", "Năm Căn"]
    assert ("x.all (hộ)", "5", "5", "–") in table.rows


def test_the_article_has_a_title_and_plain_text(sheet, declare):
    declare(all=5, poor=3, near=2)
    made = sheet("# Tin [@unit]\n\nGiúp [x.all] hộ.\n\nHết.")
    text = files.render(made, "article", "txt").decode()
    assert text.split("\n\n")[:3] == ["Tin tỉnh Cà Mau", "Giúp 5 hộ.", "Hết.\n"]


def test_files_are_written_whole_or_not_at_all(tmp_path):
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(OSError, match=r"b\.pdf"):
        files.write({"a.docx": b"1", "b.pdf": b"2"}, tmp_path)
    assert {path.name: path.is_file() and path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.docx": b"1",
        "b.pdf": False,
    }


def test_a_sign_no_font_holds_is_told_and_not_a_fault(cast, sign_in, indicators):
    text = Narrative(
        unit=cast.units.province, period="2023-H1", kind="review", body="Một \uf0b7 hai."
    )
    text.save()
    asked = "?don_vi=96&ky=2023-H1"
    answer = sign_in(cast.mai).get(f"/bao-cao/van-ban/review/tep/pdf/{asked}")
    assert answer.status_code == 422
    assert "bỏ ký hiệu ấy" in answer.content.decode()


def test_a_unit_may_write_its_own_text_and_two_officers_do_not_overwrite(cast, indicators):
    at = place_of(cast.units.province.pk)
    assert documents.text_of(at, H1, "review").version == 0
    write = {"unit": cast.units.province, "period": "2023-H1", "kind": "review", "by": cast.thu}
    text_actions.write_narrative(body="Một [x.all].", version=0, **write)
    assert documents.sheet_for(ask(at.id, H1), "review").text == "Một [x.all]."
    with pytest.raises(actions.Refused, match="người khác"):
        text_actions.write_narrative(body="Hai.", version=0, **write)
    assert Narrative.objects.get().body == "Một [x.all]."


def test_two_writers_of_a_text_lose_nothing_and_replace_knowingly(cast, sign_in, indicators):
    url = "/bao-cao/van-ban/review/loi-van/?don_vi=96&ky=2023-H1"
    write = {"unit": cast.units.province, "period": "2023-H1", "kind": "review", "by": cast.thu}
    text_actions.write_narrative(body="Của người kia.", version=0, **write)
    client = sign_in(cast.thu)
    answer = client.post(url, {"body": "Của tôi.", "version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Của người kia." in page
    assert "Của tôi." in page
    assert Narrative.objects.get().body == "Của người kia."
    version = answer.context["form"]["version"].value()
    assert client.post(url, {"body": "Của tôi.", "version": version}).status_code == 302
    assert Narrative.objects.get().body == "Của tôi."


def test_a_text_is_kept_of_what_its_own_tab_shows(cast, sign_in, indicators):
    client, url = sign_in(cast.thu), "/bao-cao/van-ban/review/loi-van/?don_vi=96&ky=2023-H1"
    version = client.get(url).context["form"]["version"].value()
    client.get("/so-lieu/?don_vi=970&ky=2022", follow=True)
    assert client.post(url, {"body": "Lời văn.", "version": version}).status_code == 302
    kept = Narrative.objects.get()
    assert (kept.unit_id, kept.period) == (cast.units.province.pk, "2023-H1")


def test_the_document_page_links_each_figure_to_what_makes_it_up(
    cast, sign_in, indicators, declare
):
    declare(all=5, poor=3, near=2)
    Narrative.objects.create(unit=cast.units.province, period="2023-H1", kind="review", body=TEXT)
    page = sign_in(cast.mai).get("/bao-cao/van-ban/review/?don_vi=96&ky=2023-H1").content.decode()
    assert '/so-lieu/x.all/?don_vi=96&amp;ky=2023-H1&amp;ngay=2023-06-30">5</a>' in page


def test_an_unknown_placeholder_is_refused_and_what_was_typed_stays(cast, sign_in, indicators):
    client = sign_in(cast.thu)
    typed = {"body": "Xây [homes.gone] căn.", "version": "0"}
    answer = client.post("/bao-cao/van-ban/review/loi-van/?don_vi=96&ky=2023-H1", typed)
    assert answer.status_code == 422
    assert "[homes.gone]" in answer.content.decode()
    assert Narrative.objects.count() == 0


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_files_can_be_downloaded_in_both_headers(cast, sign_in, indicators, form):
    client = sign_in(cast.mai)
    plain = client.get(f"/bao-cao/van-ban/review/tep/{form}/?don_vi=96&ky=2023-H1")
    state = client.get(f"/bao-cao/van-ban/review/tep/{form}/?don_vi=96&ky=2023-H1&mau=state")
    assert plain["Content-Disposition"] == f'attachment; filename="review-96-2023-H1.{form}"'
    assert plain.content != state.content


def test_a_kind_or_format_that_is_not_there_is_not_found(cast, sign_in, indicators):
    client = sign_in(cast.mai)
    for path in ("novel/", "article/tep/pdf/", "annex/loi-van/"):
        assert client.get(f"/bao-cao/van-ban/{path}", follow=True).status_code == 404


def test_the_report_goes_to_the_unions_that_stand_on_the_day(cast, indicators, units):
    found_unit(
        name="Xã Đất Mũi",
        kind="commune",
        code="32244",
        parent=units.other_province,
        valid_from=date(2021, 1, 1),
        by=None,
    )
    # The other province has a district too until it is left with a commune only.
    UnitVersion.objects.filter(parent=units.other_province, kind__tier="district").delete()
    named = []
    for unit in (units.province, units.other_province, units.district):
        sheet = documents.Sheet(ask(unit.pk, H1), TEXT)
        named.append(documents.review(sheet).recipients[2])
    assert named == [
        "Hội LHPN các huyện, thành phố",
        "Hội LHPN các xã, phường",
        "Hội LHPN các xã, phường, thị trấn",
    ]


def test_many_indicators_of_a_section_are_split_rather_than_squeezed(sheet, declare, monkeypatch):
    declare(all=5, poor=3, near=2)
    monkeypatch.setattr(documents, "WIDE", 1)
    monkeypatch.setattr(documents, "ACROSS", 2)
    (annex,) = documents.annexes(sheet())
    columns = [[column.title for column in table.columns][1:] for table in annex.tables]
    assert sorted(title for part in columns for title in part if title.startswith("x.")) == [
        *("x.all (hộ)", "x.near (hộ)", "x.poor (hộ)")
    ]
    assert max(len(part) for part in columns) == 2


def test_the_text_of_a_closed_period_is_neither_offered_nor_written(cast, sign_in, indicators):
    client, url = sign_in(cast.thu), "/bao-cao/van-ban/review/"
    asked = "?don_vi=96&ky=2023-H1"
    assert "Soạn lời văn" in client.get(url + asked).content.decode()
    close_period(question=ask("96", H1), by=cast.thu)
    assert "Soạn lời văn" not in client.get(url + asked).content.decode()
    for answer in (
        client.get(f"{url}loi-van/{asked}"),
        client.post(f"{url}loi-van/{asked}", {"body": "Khác.", "version": "0"}),
    ):
        assert answer.status_code == 422
        assert "Kỳ này đã khoá nên lời văn giữ nguyên." in answer.content.decode()
    assert Narrative.objects.count() == 0
