"""A sample review and a sample news item; every number in them is invented."""

from dataclasses import replace
from datetime import date

from sohoi.reports.rendering.model import (
    Annex,
    Article,
    Bullet,
    Column,
    Document,
    Header,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Table,
)

DISTRICTS = (
    "Thành phố Cà Mau",
    "Huyện Thới Bình",
    "Huyện U Minh",
    "Huyện Trần Văn Thời",
    "Huyện Cái Nước",
    "Huyện Đầm Dơi",
    "Huyện Năm Căn",
    "Huyện Phú Tân",
    "Huyện Ngọc Hiển",
)
MEASURES = (
    "Mô hình hay",
    "Gương điển hình",
    "Không gian khởi nghiệp",
    "Mái ấm tình thương (căn)",
    "Cầu nông thôn (cây)",
    "Giá trị nhà, cầu (triệu đồng)",
    "Tiết kiệm (triệu đồng)",
    "Phụ nữ được giúp",
    "Tổ hùn vốn bằng vàng",
    "Vàng (chỉ)",
    "Trẻ mồ côi được đỡ đầu",
    "Địa chỉ tin cậy",
)

STATE = Header(
    variant="state",
    parent="Hội Liên hiệp Phụ nữ Việt Nam",
    issuer="Hội Liên hiệp Phụ nữ tỉnh Cà Mau",
    code="BC-BTV",
    place="Cà Mau",
    number="5",
    date=date(2024, 2, 5),
)
UNION = Header(
    variant="union",
    parent="Hội Liên hiệp Phụ nữ tỉnh Cà Mau",
    issuer="Ban Thường vụ",
    code="BC-BTV",
    place="Cà Mau",
)


def sample_annex(rows: int = 9) -> Annex:
    columns = (
        Column("STT", align="center", width=10),
        Column("Đơn vị", align="left", width=42),
        *(Column(title) for title in MEASURES),
    )
    cells = [[(17 * i + 7 * j) % 90 + 3 for j in range(12)] for i in range(rows)]
    return Annex(
        title="Kết quả thực hiện các chỉ tiêu theo đơn vị",
        note="Số liệu đến hết ngày 30/6/2024; 97/100 đơn vị đã báo cáo",
        tables=(
            Table(
                columns=columns,
                rows=tuple(
                    (str(i + 1), DISTRICTS[i % 9], *(f"{n}" for n in line))
                    for i, line in enumerate(cells)
                ),
                total=("", "Cộng", *(str(sum(column)) for column in zip(*cells, strict=True))),
            ),
        ),
    )


def _table() -> Table:
    return Table(
        caption="Bảng 1. Nhà và cầu bàn giao trong kỳ",
        columns=(
            Column("Công trình", align="left", width=60),
            Column("Số lượng"),
            Column("Giá trị (triệu đồng)"),
            Column("So với cùng kỳ"),
        ),
        rows=(
            ("Mái ấm tình thương xây mới", "51", "3.570", "+12,5%"),
            ("Cầu giao thông nông thôn", "17", "4.215", "không so sánh được"),
        ),
        total=("Cộng", "68", "7.785", ""),
    )


def sample_review(header: Header = STATE, **changes) -> Document:
    review = Document(
        header=header,
        kind="BÁO CÁO",
        abstract="Sơ kết công tác Hội và phong trào phụ nữ 6 tháng đầu năm 2024, "
        "phương hướng, nhiệm vụ 6 tháng cuối năm",
        addressee="Đoàn Chủ tịch Hội Liên hiệp Phụ nữ Việt Nam",
        legal_bases=(
            "Căn cứ Điều lệ Hội Liên hiệp Phụ nữ Việt Nam;",
            "Căn cứ Chương trình công tác năm 2024 của Ban Chấp hành Hội LHPN tỉnh",
        ),
        blocks=_blocks(),
        signature=Signature(("TM. Ban Thường vụ", "Chủ tịch")),
        recipients=("Như trên", "Thường trực Tỉnh uỷ", "Hội LHPN các huyện, thành phố", "Lưu: VT"),
        annexes=(sample_annex(),),
        notes=(
            Note("Số tổng và số thành phần không khớp", "Hộ được giúp: 700 hộ; cộng là 650 hộ."),
            Note("Chưa đủ đơn vị báo cáo", "97/100 đơn vị đã báo cáo; còn thiếu 3 xã."),
        ),
        draft=True,
        demo_notice="Dữ liệu trình diễn: con người là hư cấu.",
    )
    return replace(review, **changes)


def _blocks():
    return (
        Heading(1, "Kết quả phong trào thi đua", "I."),
        Heading(2, "Xây dựng người phụ nữ Việt Nam thời đại mới", "1."),
        Paragraph(
            (
                Run("Từ đầu năm đến nay, các cấp Hội phát hiện, giới thiệu hơn "),
                Run("120", bold=True, figure="exemplars.models"),
                Run(" mô hình hay, cách làm hiệu quả; duy trì "),
                Run("11", bold=True, figure="enterprise.spaces"),
                Run(
                    " không gian khởi nghiệp và quán cà phê khởi nghiệp; tuyên truyền trên báo, "
                    "đài, Trang thông tin điện tử tỉnh, mạng xã hội Facebook, Zalo của Hội."
                ),
            )
        ),
        Heading(3, "Chăm lo nhà ở và đi lại", "1.1."),
        Paragraph(
            (
                Run("Các cơ sở Hội đã vận động xây dựng 51 căn nhà "),
                Run("“Mái ấm tình thương”", italic=True),
                Run(", 17 cây cầu giao thông nông thôn, tổng trị giá trên 7,7 tỷ đồng, gồm:"),
            )
        ),
        Bullet((Run("51 căn nhà cho hội viên nghèo, đơn thân, khó khăn về nhà ở;"),)),
        Bullet((Run("17 cây cầu nối liền 34 ấp, khóm, tổng chiều dài 412 m."),)),
        _table(),
        Heading(4, "Nguồn lực vận động", "a)"),
        Paragraph((Run("Nguồn lực do các tổ chức, cá nhân ủng hộ và gia đình đóng góp."),)),
        *_tasks(),
    )


def _tasks():
    return (
        Heading(1, "Phương hướng, nhiệm vụ 6 tháng cuối năm", "II."),
        *(
            Paragraph(
                (
                    Run(
                        f"Nhiệm vụ {i}: tăng cường tổ chức đối thoại giữa phụ nữ với người đứng "
                        "đầu cấp uỷ, chính quyền; kịp thời lên tiếng bảo vệ và tham gia giải "
                        "quyết các trường hợp phụ nữ, trẻ em bị xâm hại quyền và lợi ích hợp "
                        "pháp; đẩy mạnh ứng dụng công nghệ thông tin trong hoạt động của Hội."
                    ),
                )
            )
            for i in range(1, 7)
        ),
        Paragraph((Run("Trên đây là báo cáo sơ kết của Ban Thường vụ./."),)),
    )


def sample_article() -> Article:
    return Article(
        title="Phụ nữ Cà Mau: nhiều mô hình hay, cách làm hiệu quả",
        sapo="Sáu tháng đầu năm, các cấp Hội phát hiện, giới thiệu hơn 120 mô hình hay.",
        paragraphs=(
            (Run("Các cơ sở Hội đã vận động xây dựng "), Run("51", bold=True), Run(" căn nhà.")),
            (Run("Mô hình tiết kiệm huy động được 38,2 tỷ đồng./."),),
        ),
        demo_notice="Dữ liệu trình diễn: con người là hư cấu.",
    )
