"""What the addresses room brings."""

from django.utils.translation import gettext_lazy as _

from sohoi.accounts.roles import COMMUNE_OFFICER, PROVINCE_OFFICER, READERS
from sohoi.figures.catalogue.choices import Sentence
from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.permissions import Permission
from sohoi.kit.rooms import Room
from sohoi.kit.verbs import Verb
from sohoi.programmes.addresses import actions, forms
from sohoi.programmes.addresses.demo import load_demo
from sohoi.programmes.addresses.indicators import INDICATORS, RECORD_KINDS
from sohoi.programmes.addresses.models import Address, Member, Review, Training
from sohoi.programmes.addresses.queries import tasks
from sohoi.records.forms import EndForm, TakeBackForm
from sohoi.ui.forms import ReasonForm

TITLE = _("Địa chỉ tin cậy")
EDIT, FORM = "addresses.edit", forms.AddressForm
VERBS = (
    Verb("addresses.found", EDIT, FORM, actions.found_address),
    Verb("addresses.edit", EDIT, FORM, actions.edit_address, Address),
    Verb("addresses.remove", EDIT, ReasonForm, actions.remove_address, Address),
    Verb("addresses.end", EDIT, EndForm, actions.close_address, Address),
    Verb("addresses.take_back", EDIT, TakeBackForm, actions.take_back_step, Address),
    Verb("addresses.add_member", EDIT, forms.MemberForm, actions.add_member, Address),
    Verb("addresses.edit_member", EDIT, forms.MendMemberForm, actions.edit_member, Member),
    Verb("addresses.end_member", EDIT, forms.EndMemberForm, actions.end_member, Member),
    Verb("addresses.remove_member", EDIT, ReasonForm, actions.remove_member, Member),
    Verb("addresses.train", EDIT, forms.TrainingForm, actions.record_training, Address),
    Verb("addresses.edit_training", EDIT, forms.TrainingForm, actions.edit_training, Training),
    Verb("addresses.remove_training", EDIT, ReasonForm, actions.remove_training, Training),
    Verb("addresses.review", EDIT, forms.ReviewForm, actions.record_review, Address),
    Verb("addresses.remove_review", EDIT, ReasonForm, actions.remove_review, Review),
)
ROOM = Room(
    key="addresses",
    title=TITLE,
    path="dia-chi-tin-cay",
    permissions=(
        Permission("addresses.view", _("xem hồ sơ địa chỉ tin cậy và thành viên"), READERS),
        Permission(
            EDIT,
            _("thành lập, sửa, rà soát và kết thúc địa chỉ tin cậy"),
            frozenset({COMMUNE_OFFICER, PROVINCE_OFFICER}),
        ),
    ),
    verbs=VERBS,
    starts=(
        MenuItem(Group.PROGRAMMES, _("Thêm một địa chỉ"), "addresses:create", "addresses.edit"),
    ),
    menu=(MenuItem(Group.PROGRAMMES, TITLE, "addresses:list", "addresses.view"),),
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
