"""The news item as plain text."""

from dataclasses import replace

from sohoi.reports.rendering.plain import render_plain
from sohoi.reports.rendering.tests.samples import sample_article


def test_paragraphs_are_set_apart_by_a_blank_line():
    assert render_plain(sample_article()) == (
        "Phụ nữ Cà Mau: nhiều mô hình hay, cách làm hiệu quả\n\n"
        "Sáu tháng đầu năm, các cấp Hội phát hiện, giới thiệu hơn 120 mô hình hay.\n\n"
        "Các cơ sở Hội đã vận động xây dựng 51 căn nhà.\n\n"
        "Mô hình tiết kiệm huy động được 38,2 tỷ đồng./.\n\n"
        "Dữ liệu trình diễn: con người là hư cấu.\n"
    )


def test_no_gap_is_left_where_there_is_no_notice():
    plain = render_plain(replace(sample_article(), demo_notice=""))
    assert plain.endswith("tỷ đồng./.\n")
