"""What the exemplars room brings."""

from django.utils.translation import gettext_lazy as _

from sohoi.accounts.roles import COMMUNE_OFFICER, PROVINCE_OFFICER, READERS, RECORDERS
from sohoi.figures.catalogue.choices import Sentence
from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.permissions import Permission
from sohoi.kit.rooms import Room
from sohoi.kit.verbs import Verb
from sohoi.programmes.exemplars import actions, forms
from sohoi.programmes.exemplars.demo import load_demo
from sohoi.programmes.exemplars.indicators import INDICATORS, RECORD_KINDS
from sohoi.programmes.exemplars.models import Exemplar, Publication
from sohoi.programmes.exemplars.queries import tasks
from sohoi.records.forms import CorrectStepForm, TakeBackForm
from sohoi.ui.forms import ReasonForm

EDIT, PUBLICISE = "exemplars.edit", "exemplars.publicise"
FORM, LINE = forms.ExemplarForm, forms.PublicationForm
VERBS = (
    Verb("exemplars.find", EDIT, FORM, actions.find_exemplar),
    Verb("exemplars.edit", EDIT, FORM, actions.edit_exemplar, Exemplar),
    Verb("exemplars.remove", EDIT, ReasonForm, actions.remove_exemplar, Exemplar),
    Verb("exemplars.step", PUBLICISE, forms.StepForm, actions.take_step, Exemplar),
    Verb("exemplars.correct", PUBLICISE, CorrectStepForm, actions.correct_step, Exemplar),
    Verb("exemplars.take_back", PUBLICISE, TakeBackForm, actions.take_back_step, Exemplar),
    Verb("exemplars.publish", PUBLICISE, forms.FirstPublicationForm, actions.publish, Exemplar),
    Verb("exemplars.edit_publication", PUBLICISE, LINE, actions.edit_publication, Publication),
    Verb(
        "exemplars.remove_publication",
        PUBLICISE,
        ReasonForm,
        actions.remove_publication,
        Publication,
    ),
)
ROOM = Room(
    key="exemplars",
    title=_("Mô hình hay, gương điển hình"),
    path="guong-dien-hinh",
    permissions=(
        Permission("exemplars.view", _("xem hồ sơ mô hình hay, gương điển hình"), READERS),
        Permission(EDIT, _("ghi và sửa hồ sơ mô hình hay, gương điển hình"), RECORDERS),
        Permission(
            PUBLICISE,
            _("giới thiệu, ghi lượt tuyên truyền và nhân rộng"),
            frozenset({COMMUNE_OFFICER, PROVINCE_OFFICER}),
        ),
    ),
    verbs=VERBS,
    starts=(
        MenuItem(
            Group.PROGRAMMES, _("Ghi mô hình, gương mới"), "exemplars:create", "exemplars.edit"
        ),
    ),
    menu=(
        MenuItem(
            Group.PROGRAMMES, _("Mô hình, gương điển hình"), "exemplars:list", "exemplars.view"
        ),
    ),
    indicators=INDICATORS,
    record_kinds=RECORD_KINDS,
    sentences=(
        Sentence(
            section="movement",
            review="Trong [@period], các cấp Hội phụ nữ [@unit] phát hiện, giới thiệu điển hình "
            "[exemplars.models] mô hình hay, cách làm hiệu quả; [exemplars.publicised] gương tập "
            "thể, cá nhân tiêu biểu trên các lĩnh vực được giới thiệu, tuyên truyền trên báo, đài, "
            "trang thông tin điện tử, trang mạng xã hội Facebook, Zalo của Hội.",
            article="Trong [@period], các cấp Hội phụ nữ phát hiện, giới thiệu điển hình "
            "[exemplars.models] mô hình hay, cách làm hiệu quả; [exemplars.publicised] gương tập "
            "thể, cá nhân tiêu biểu trên các lĩnh vực được giới thiệu, tuyên truyền trên báo, đài, "
            "trang thông tin điện tử, trang mạng xã hội Facebook, Zalo của Hội",
        ),
    ),
    demo=load_demo,
    tasks=tasks,
)
