from __future__ import annotations

import datetime as dt

from xiansuo.topics.heat import WINDOWS, Heat, Voiced, Weights, Window, heat_of

NOW = dt.date(2026, 11, 1)
BEGINS = dt.date(2024, 11, 1)
WEIGHTS = Weights.shipped()


def _days_ago(days: int, voice: str = "甲", **told: bool) -> Voiced:
    return Voiced(voice, NOW - dt.timedelta(days), "望潮区", **told)


def _heat(*texts: Voiced, window: Window = "quarter", likeness: float = 0.4) -> Heat:
    return heat_of(texts, now=NOW, window=window, begins=BEGINS, weights=WEIGHTS, likeness=likeness)


def test_a_single_voice_is_never_hot_however_much_it_writes() -> None:
    for window in WINDOWS:
        assert _heat(*[_days_ago(day) for day in range(20)], window=window).heat == 0


def test_people_count_not_texts() -> None:
    two = _heat(_days_ago(3, "甲"), _days_ago(4, "乙"))
    again = _heat(_days_ago(3, "甲"), *[_days_ago(4, "乙")] * 9)
    assert two.voices == again.voices
    assert two.heat == again.heat > 0


def test_the_parts_multiply_to_the_heat() -> None:
    made = _heat(_days_ago(3, "甲", unanswered=True), _days_ago(90, "乙", adopted=True))
    product = made.voices * made.growth * made.breadth * made.outcome * made.unity
    assert abs(made.heat - product) < 1e-3


def test_people_who_speak_of_one_thing_are_hotter_than_those_of_one_theme() -> None:
    texts = [_days_ago(3, "甲"), _days_ago(4, "乙")]
    theme, matter, copies = (_heat(*texts, likeness=likeness) for likeness in (0.2, 0.4, 0.6))
    assert theme.heat < matter.heat < copies.heat
    assert (theme.unity, matter.unity, copies.unity) == (0.5, 1.0, 1.25)
    assert _heat(*texts, likeness=0.0).unity == theme.unity
    assert _heat(*texts, likeness=1.0).unity == copies.unity


def test_a_reference_is_no_voice() -> None:
    assert _heat(_days_ago(1, "甲"), _days_ago(1, "")).heat == 0


def test_old_voices_fade() -> None:
    fresh = _heat(_days_ago(1, "甲"), _days_ago(1, "乙"))
    old = _heat(_days_ago(300, "甲"), _days_ago(300, "乙"))
    assert fresh.voices > 10 * old.voices


def test_a_topic_that_grows_is_hotter_than_a_steady_one() -> None:
    recent = [_days_ago(5, voice) for voice in "甲乙丙丁"]
    steady = [_days_ago(91 * i + 30, voice) for i in range(1, 5) for voice in "甲乙丙丁"]
    assert _heat(*recent).growth > _heat(*recent, *steady).growth


def test_settled_matters_cool_and_unanswered_ones_warm() -> None:
    plain = _heat(_days_ago(5, "甲"), _days_ago(5, "乙")).heat
    assert _heat(_days_ago(5, "甲", settled=True), _days_ago(5, "乙")).heat < plain
    assert _heat(_days_ago(5, "甲", unanswered=True), _days_ago(5, "乙")).heat > plain


def test_undated_texts_count_only_where_nothing_fades() -> None:
    texts = (Voiced("甲", None), Voiced("乙", None))
    assert _heat(*texts).heat == 0
    assert _heat(*texts, window="all").heat > 0


def test_a_young_archive_holds_no_empty_past_against_a_topic() -> None:
    texts = [_days_ago(5, "甲"), _days_ago(5, "乙")]
    made = heat_of(texts, now=NOW, window="quarter", begins=NOW, weights=WEIGHTS, likeness=0.4)
    assert (made.past, made.earlier) == (0, 0)
    assert _heat(*texts).earlier == 4


def test_over_all_time_voices_that_stand_together_are_hotter_than_scattered_ones() -> None:
    together = _heat(*[_days_ago(500 + day, f"人{day}") for day in range(5)], window="all")
    scattered = _heat(*[_days_ago(100 * n, f"人{n}") for n in range(5)], window="all")
    assert together.growth == 1.0
    assert scattered.growth == max(WEIGHTS.growth["least"], round((1 / 5) ** WEIGHTS.growth["exponent"], 4))
    assert together.heat > scattered.heat > 0
    # One who writes again later is no second voice in the busiest month.
    again = _heat(*[_days_ago(500 + day, f"人{day}") for day in range(5)], _days_ago(10, "人0"), window="all")
    assert again.growth == together.growth


def test_breadth_counts_places_and_outcomes_count_by_their_share() -> None:
    one, other = _days_ago(3, "甲", instructed=True), Voiced("乙", NOW, "青屿县")
    assert _heat(one, other).breadth == 1 + WEIGHTS.per_doubling
    assert _heat(one, _days_ago(4, "乙")).breadth == 1
    assert _heat(one, other).outcome == 1 + WEIGHTS.outcome["instructed"] / 2


def test_a_voice_fades_by_half_in_its_half_life() -> None:
    days = WEIGHTS.half_life_days["quarter"]
    assert _heat(_days_ago(0, "甲"), _days_ago(days, "乙")).voices == 1.5
