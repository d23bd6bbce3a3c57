"""The rules that call a number unusual beside the unit's own earlier numbers."""

from hypothesis import given
from hypothesis import strategies as st

from sohoi.figures.quality.rules import has_fallen, is_jump, is_outlier

amounts = st.integers(0, 10**6)


def test_a_value_far_from_its_history_is_an_outlier():
    history = [10, 12, 11, 13, 12]
    assert is_outlier(60, history)
    assert not is_outlier(13, history)


def test_small_numbers_swing_by_nature():
    assert not is_outlier(6, [2, 2, 3, 2, 2])
    assert is_outlier(7, [2, 2, 3, 2, 2])


def test_three_known_values_are_too_few_to_judge():
    assert not is_outlier(1000, [10, None, 12, 11, None])


def test_a_mostly_even_history_is_judged_by_its_mean_distance():
    assert is_outlier(40, [10, 10, 10, 10, 14])
    assert not is_outlier(12, [10, 10, 10, 10, 14])


def test_after_an_even_history_only_a_large_change_is_an_outlier():
    assert not is_outlier(15, [10] * 4)
    assert is_outlier(16, [10] * 4)
    assert not is_outlier(4, [0] * 4)
    assert not is_outlier(400, [0] * 4, scale=100)


def test_a_jump_is_more_than_a_quarter_and_at_least_five():
    assert [is_jump(v, 100) for v in (125, 126, 75, 74)] == [False, True, False, True]
    assert [is_jump(v, 4) for v in (8, 9)] == [False, True]
    assert not is_jump(9, None)


def test_a_cumulative_figure_may_not_fall():
    assert [has_fallen(9, 10), has_fallen(10, 10), has_fallen(9, None)] == [True, False, False]


@given(st.lists(amounts, min_size=4, max_size=8), amounts)
def test_the_order_of_the_history_says_nothing(history, value):
    assert is_outlier(value, history) == is_outlier(value, history[::-1])


@given(amounts, st.integers(4, 8))
def test_what_never_changed_is_never_called_unusual(value, times):
    assert not is_outlier(value, [value] * times)
    assert not is_jump(value, value)
