"""Input of the addresses room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sohoi.org.forms import UnitField
from sohoi.org.models import today
from sohoi.programmes.addresses.choices import Gender, Kind, Role
from sohoi.programmes.addresses.models import Address, Member, Review, Training
from sohoi.programmes.addresses.queries import year_to_review
from sohoi.records.columns import field
from sohoi.ui.fields import DateField, PatternField, YearField
from sohoi.ui.forms import Form


class AddressForm(Form):
    """A new address, or its correction."""

    unit = UnitField()
    name = field(Address.name, help_text=_("Ví dụ: Địa chỉ tin cậy ấp Tân Hoà."))
    kind = field(
        Address.kind,
        widget=forms.RadioSelect,
        help_text=_("Nhà tạm lánh chỉ ghi đội ngũ; nơi đặt nhà không bao giờ được ghi ở đây."),
    )
    decision = field(Address.decision, help_text=_("Để trống nếu chưa tìm được văn bản."))
    founded_on = field(Address.founded_on)
    place = field(
        Address.place,
        help_text=_("Để người cần giúp tìm đến được. Không ghi cho Nhà tạm lánh."),
    )
    phone = PatternField(
        label=_("Điện thoại"),
        regex=r"^\+?[0-9][0-9 .]{6,18}$",
        required=False,
        help_text=_("Số của địa chỉ, không phải của người được giúp. Ví dụ 0290 3831 234."),
        error_messages={"invalid": _("Ghi số điện thoại chỉ gồm chữ số, ví dụ 0290 3831 234.")},
    )
    capacity = field(Address.capacity, min_value=1, max_value=100)

    def keep_apart(self, *, is_shelter: bool) -> None:
        """A shelter's team stays one, without a place; an address is not offered to become one."""
        if is_shelter:
            for name in ("kind", "place", "phone", "capacity"):
                del self.fields[name]
        else:
            self.fields["kind"].choices = [
                (kind.value, kind.label) for kind in Kind if kind != Kind.SHELTER_TEAM
            ]


class MemberForm(Form):
    """Somebody joins the team."""

    full_name = field(Member.full_name)
    gender = field(Member.gender, choices=[("", _("Không ghi")), *Gender.choices])
    body = field(Member.body)
    role = field(Member.role, initial=Role.MEMBER, widget=forms.RadioSelect)
    joined_on = field(Member.joined_on, initial=today)


class MendMemberForm(MemberForm):
    """What was written about a member is corrected, also that she left."""

    left_on = field(
        Member.left_on, help_text=_("Để trống nếu người này vẫn tham gia. Ví dụ 14/7/2023.")
    )


class EndMemberForm(Form):
    """The day from which a member no longer counts."""

    on = DateField(label=_("Ngày thôi"), initial=today)


class TrainingForm(Form):
    """A training of the team."""

    held_on = field(Training.held_on, initial=today)
    topic = field(Training.topic)
    people = field(Training.people, min_value=1, max_value=1000)


class ReviewForm(Form):
    """The result of a year's review."""

    year = YearField(label=_("Năm"), initial=year_to_review)
    result = field(Review.result, widget=forms.RadioSelect)
