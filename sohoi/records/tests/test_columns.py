"""Model fields as columns: what a list shows of a record."""

from django.utils import translation

from sohoi.org.choices import Tier
from sohoi.org.models import UnitKind
from sohoi.records.columns import column

TIER = column(UnitKind.tier)


def test_a_word_of_a_choice_reads_in_the_language_of_the_page():
    kind = UnitKind(tier=Tier.PROVINCE)
    assert TIER.value(kind) == "Cấp tỉnh"
    with translation.override("en"):
        assert TIER.value(kind) == str(Tier.PROVINCE.label) != "Cấp tỉnh"
    assert TIER.value(UnitKind(tier="đã bỏ")) == "đã bỏ"
