"""What the homes room brings."""

from django.utils.translation import gettext_lazy as _

from sohoi.accounts.roles import COMMUNE_OFFICER, PROVINCE_OFFICER, READERS, RECORDERS
from sohoi.figures.catalogue.choices import Sentence
from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.permissions import Permission
from sohoi.kit.rooms import Room
from sohoi.kit.verbs import Verb
from sohoi.programmes.homes import actions, forms
from sohoi.programmes.homes.demo import load_demo
from sohoi.programmes.homes.indicators import INDICATORS, RECORD_KINDS
from sohoi.programmes.homes.models import Contribution, Home
from sohoi.programmes.homes.queries import tasks
from sohoi.records.forms import CorrectStepForm, EndForm, TakeBackForm
from sohoi.ui.forms import ReasonForm

TITLE = _("Mái ấm tình thương")
EDIT, DECIDE = "homes.edit", "homes.decide"
MONEY = forms.ContributionForm
VERBS = (
    Verb("homes.propose", EDIT, forms.HomeForm, actions.propose_home),
    Verb("homes.edit", EDIT, forms.HomeForm, actions.edit_home, Home),
    Verb("homes.recall", EDIT, ReasonForm, actions.recall_proposal, Home),
    Verb("homes.step", DECIDE, forms.StepForm, actions.take_step, Home),
    Verb("homes.correct", DECIDE, CorrectStepForm, actions.correct_step, Home),
    Verb("homes.take_back", DECIDE, TakeBackForm, actions.take_back_step, Home),
    Verb("homes.end", DECIDE, EndForm, actions.withdraw_home, Home),
    Verb("homes.add_contribution", DECIDE, MONEY, actions.add_contribution, Home),
    Verb("homes.edit_contribution", DECIDE, MONEY, actions.edit_contribution, Contribution),
    Verb(
        "homes.remove_contribution", DECIDE, ReasonForm, actions.remove_contribution, Contribution
    ),
)
ROOM = Room(
    key="homes",
    title=TITLE,
    path="mai-am",
    permissions=(
        Permission("homes.view", _("xem hồ sơ nhà Mái ấm tình thương"), READERS),
        Permission(EDIT, _("đề nghị và sửa hồ sơ nhà Mái ấm tình thương"), RECORDERS),
        Permission(
            DECIDE,
            _("khảo sát, duyệt, khởi công, bàn giao hoặc rút một căn nhà"),
            frozenset({COMMUNE_OFFICER, PROVINCE_OFFICER}),
        ),
    ),
    verbs=VERBS,
    starts=(MenuItem(Group.PROGRAMMES, _("Đề nghị một căn nhà"), "homes:create", "homes.edit"),),
    menu=(MenuItem(Group.PROGRAMMES, TITLE, "homes:list", "homes.view"),),
    indicators=INDICATORS,
    record_kinds=RECORD_KINDS,
    sentences=(
        Sentence(
            section="homes_and_works",
            review="[homes.built] căn nhà “Mái ấm tình thương”",
            article="[homes.built] căn nhà “Mái ấm tình thương”",
        ),
    ),
    demo=load_demo,
    tasks=tasks,
)
