"""The PDF: archive and reading standards, pages, and what a reader can select and copy."""

import io

import pytest
from pypdf import PdfReader

from sohoi.reports.rendering.pdf import render_pdf
from sohoi.reports.rendering.tests.samples import STATE, UNION, sample_annex, sample_review


def read(document):
    return PdfReader(io.BytesIO(render_pdf(document)))


def words(page):
    return " ".join(page.extract_text().split())


def first_line(page):
    return page.extract_text().strip().split("\n")[0]


@pytest.mark.parametrize("header", [STATE, UNION], ids=["state", "union"])
def test_same_document_gives_the_same_bytes(header):
    assert render_pdf(sample_review(header)) == render_pdf(sample_review(header))


def test_it_is_a_tagged_archive_file_in_vietnamese():
    reader = read(sample_review())
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "vi"
    assert catalogue["/MarkInfo"]["/Marked"].value is True
    assert reader.metadata.title.startswith("BÁO CÁO Sơ kết công tác Hội")
    assert reader.metadata.author == "Hội Liên hiệp Phụ nữ tỉnh Cà Mau"
    xmp = catalogue["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_state_header_has_the_national_title_and_the_union_header_has_not():
    state, union = (
        words(read(sample_review(STATE)).pages[0]),
        words(read(sample_review(UNION)).pages[0]),
    )
    assert "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in state
    assert "CỘNG HOÀ" not in union
    assert "HỘI LIÊN HIỆP PHỤ NỮ TỈNH CÀ MAU BAN THƯỜNG VỤ" in union


def test_pages_are_numbered_from_the_second_and_each_annex_by_itself():
    review = sample_review(annexes=(sample_annex(60), sample_annex(60)))
    pages = read(review).pages
    tops = [first_line(page) for page in pages]
    assert tops[:2] == ["HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", "2"]
    assert tops[2:-1] == ["Phụ lục I", "2", "3", "Phụ lục II", "2", "3"]
    assert tops[-1] == "Ghi chú cho cán bộ kiểm tra (xoá trước khi ký)"


def test_only_the_annex_is_landscape():
    sizes = [(p.mediabox.width > p.mediabox.height) for p in read(sample_review()).pages]
    assert sizes == [False, False, True, False]


def test_every_word_of_the_review_can_be_read_back():
    text = " ".join(words(page) for page in read(sample_review()).pages)
    for expected in (
        "DỰ THẢO – có 2 ghi chú ở trang cuối",
        "Kính gửi: Đoàn Chủ tịch Hội Liên hiệp Phụ nữ Việt Nam",
        "I. KẾT QUẢ PHONG TRÀO THI ĐUA",
        "giới thiệu hơn 120 mô hình hay",
        "không so sánh được",
        "Nơi nhận: - Như trên;",
        "TM. BAN THƯỜNG VỤ CHỦ TỊCH",
        "9 Huyện Ngọc Hiển 49",
        "700 hộ; cộng là 650 hộ",
        "Dữ liệu trình diễn: con người là hư cấu.",
    ):
        assert expected in text


def test_bookmarks_follow_the_headings():
    def titles(items):
        return [titles(item) if isinstance(item, list) else item.title for item in items]

    assert titles(read(sample_review()).outline) == [
        "I. KẾT QUẢ PHONG TRÀO THI ĐUA",
        [
            "1. Xây dựng người phụ nữ Việt Nam thời đại mới",
            ["1.1. Chăm lo nhà ở và đi lại", ["a) Nguồn lực vận động"]],
        ],
        "II. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM",
        "Phụ lục",
    ]


def test_nothing_is_left_over_when_optional_parts_are_absent():
    bare = sample_review(annexes=(), notes=(), legal_bases=(), addressee=None, draft=False)
    pages = read(bare).pages
    assert len(pages) == 2
    text = " ".join(words(page) for page in pages)
    for absent in ("Kính gửi", "Phụ lục", "Ghi chú cho cán bộ", "DỰ THẢO", "Căn cứ"):
        assert absent not in text
