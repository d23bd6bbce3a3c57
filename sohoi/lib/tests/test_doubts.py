"""A doubt is asked about until exactly it is confirmed."""

import pytest

from sohoi.lib.doubts import Doubt, believing, unbelieved

LARGE = Doubt("Số tiền 999 tỷ đồng lớn hơn thường gặp.", field="amount")


def test_a_doubt_is_asked_about_until_it_is_confirmed():
    assert unbelieved([LARGE, None]) == (LARGE,)
    with believing([LARGE.key]):
        assert unbelieved([LARGE]) == ()
    assert unbelieved([LARGE]) == (LARGE,)


@pytest.mark.parametrize(
    "other",
    [
        Doubt("Số tiền 998 tỷ đồng lớn hơn thường gặp.", field="amount"),
        Doubt(LARGE.text, field="value"),
        Doubt(LARGE.text, field="amount", about="một hộ khác"),
    ],
)
def test_a_confirmation_holds_for_nothing_else(other):
    with believing([LARGE.key]):
        assert unbelieved([other, LARGE]) == (other,)


def test_whoever_loads_what_was_written_elsewhere_is_not_asked():
    with believing(None):
        assert unbelieved([LARGE]) == ()
    assert unbelieved([LARGE]) == (LARGE,)


def test_confirmations_add_up_inside_one_another():
    other = Doubt("Ngày 1/1/1950 cách đây đã lâu.")
    with believing([LARGE.key]), believing([other.key]):
        assert unbelieved([LARGE, other]) == ()
