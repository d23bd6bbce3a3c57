"""What the reports app brings: rounds, returns and documents."""

from django.utils.translation import gettext_lazy as _

from sohoi.accounts.roles import (
    COMMUNE_OFFICER,
    DISTRICT_OFFICER,
    PROVINCE_LEADER,
    PROVINCE_OFFICER,
)
from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.permissions import Permission
from sohoi.kit.rooms import Room
from sohoi.reports import queries
from sohoi.reports.demo import load_demo
from sohoi.reports.reorganising import FOLLOWER

FILLERS = frozenset({COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER})

ROOM = Room(
    key="reports",
    reorganised=FOLLOWER,
    title=_("Báo cáo"),
    path="bao-cao",
    permissions=(
        Permission(
            key="reports.view",
            sentence=_("xem kỳ báo cáo, báo cáo của các đơn vị và văn bản tổng hợp"),
            roles=FILLERS | {PROVINCE_LEADER},
        ),
        Permission(
            key="reports.fill",
            sentence=_("lập và gửi báo cáo của chính đơn vị mình"),
            roles=FILLERS,
        ),
        Permission(
            key="reports.check",
            sentence=_("kiểm tra báo cáo của xã, trả lại kèm lý do"),
            roles=frozenset({DISTRICT_OFFICER}),
        ),
        Permission(
            key="reports.accept",
            sentence=_("chấp nhận báo cáo, trả lại hoặc mở lại kèm lý do"),
            roles=frozenset({PROVINCE_OFFICER, PROVINCE_LEADER}),
        ),
        Permission(
            key="reports.manage",
            sentence=_("mở, khoá kỳ báo cáo và soạn lời văn của văn bản"),
            roles=frozenset({PROVINCE_OFFICER}),
        ),
    ),
    starts=(
        MenuItem(
            group=Group.REPORTS,
            title=_("Mở kỳ báo cáo"),
            url_name="reports:round_open",
            permission="reports.manage",
        ),
    ),
    menu=(
        MenuItem(
            group=Group.REPORTS,
            title=_("Kỳ báo cáo"),
            url_name="reports:rounds",
            permission="reports.view",
        ),
        MenuItem(
            group=Group.REPORTS,
            title=_("Văn bản"),
            url_name="reports:documents",
            permission="reports.view",
            asks=True,
        ),
    ),
    demo=load_demo,
    statement_page="reports:statement",
    rounds=queries,
    tasks=queries.tasks,
)
