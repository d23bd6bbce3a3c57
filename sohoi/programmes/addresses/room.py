"""What the addresses room brings."""

from django.utils.translation import gettext_lazy as _

from sohoi.accounts.roles import COMMUNE_OFFICER, PROVINCE_OFFICER, READERS
from sohoi.figures.sections import Sentence
from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.permissions import Permission
from sohoi.kit.rooms import Room
from sohoi.programmes.addresses.demo import load_demo
from sohoi.programmes.addresses.indicators import INDICATORS, RECORD_KINDS
from sohoi.programmes.addresses.queries import tasks

ROOM = Room(
    key="addresses",
    title=_("Địa chỉ tin cậy"),
    path="dia-chi-tin-cay",
    permissions=(
        Permission(
            key="addresses.view",
            sentence=_("xem hồ sơ địa chỉ tin cậy và thành viên"),
            roles=READERS,
        ),
        Permission(
            key="addresses.edit",
            sentence=_("thành lập, sửa, rà soát và kết thúc địa chỉ tin cậy"),
            roles=frozenset({COMMUNE_OFFICER, PROVINCE_OFFICER}),
        ),
    ),
    menu=(
        MenuItem(
            group=Group.PROGRAMMES,
            title=_("Địa chỉ tin cậy"),
            url_name="addresses:list",
            permission="addresses.view",
        ),
    ),
    indicators=INDICATORS,
    record_kinds=RECORD_KINDS,
    sentences=(
        Sentence(
            section="safety",
            review="Các cấp Hội thực hiện có hiệu quả [addresses.trusted] địa chỉ tin cậy tại cộng "
            "đồng, với [addresses.members] thành viên, thực hiện tốt công tác tư vấn, trợ giúp "
            "pháp lý về phòng, chống bạo lực trên cơ sở giới; duy trì có hiệu quả mô hình “Nhà "
            "tạm lánh” với [addresses.shelter_members] thành viên.",
            article="Các cấp Hội thực hiện có hiệu quả [addresses.trusted] địa chỉ tin cậy tại "
            "cộng đồng, với [addresses.members] thành viên, thực hiện tốt công tác tư vấn, trợ "
            "giúp pháp lý về phòng, chống bạo lực trên cơ sở giới, bảo vệ quyền và lợi ích hợp "
            "pháp, chính đáng của phụ nữ và trẻ em; duy trì có hiệu quả mô hình “Nhà tạm lánh” "
            "với [addresses.shelter_members] thành viên.",
        ),
    ),
    demo=load_demo,
    tasks=tasks,
)
