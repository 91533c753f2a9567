"""The calibration error is nought where confidence is the share of right claims, and grows with the distance."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.evaluate.calibration import brier, calibration_error, chance_error, cross_fitted, fit, outcomes, read


def claim(start, end, claim_type="attack", **more):
    return {"span": [start, end], "type": claim_type, **more}


def pair(gold, predicted, same):
    """Best first, one to one."""
    rows = sorted(((-same(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)))
    used, taken, out = set(), set(), []
    for score, i, j in rows:
        if score < 0 and i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            out.append((gold[i], predicted[j]))
    return out


def test_a_claim_is_right_where_it_pairs_with_its_type():
    gold = [{"doc": "a", "claims": [claim(0, 5), claim(10, 15, "shelling")]}]
    predicted = [
        {"doc": "a", "claims": [claim(0, 5, confidence=0.9), claim(10, 15, confidence=0.4), claim(20, 25, confidence=0.3)]}
    ]
    assert outcomes(gold, predicted, pair) == [(0.9, True), (0.4, False), (0.3, False)]


def test_one_gold_claim_makes_one_claim_right_and_that_of_its_type():
    gold = [{"doc": "a", "claims": [claim(0, 5)]}]
    predicted = [{"doc": "a", "claims": [claim(0, 5, "shelling"), claim(3, 5)]}]
    assert outcomes(gold, predicted, pair) == [(1.0, False), (1.0, True)]
    assert outcomes(gold, [], pair) == []
    assert outcomes(gold, [{"doc": "a", "claims": [claim(5, 8)]}], pair) == [(1.0, False)]


def test_what_is_half_right_at_one_half_is_calibrated():
    rows = [(0.5, n % 2 == 0) for n in range(20)] + [(1.0, True)] * 20
    assert calibration_error(rows) == pytest.approx(0)
    assert brier(rows) == pytest.approx(0.125)


def test_the_error_is_the_mean_distance_over_bins():
    rows = [(0.2, False)] * 10 + [(0.8, False)] * 10
    assert calibration_error(rows) == pytest.approx(0.5)
    assert calibration_error(rows, bins=1) == pytest.approx(0.5)
    assert calibration_error([(0.2, True), (0.8, False)], bins=1) == pytest.approx(0)


def test_no_claims_no_figure():
    assert math.isnan(calibration_error([]))
    assert math.isnan(brier([]))


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.booleans()), min_size=1, max_size=40), st.randoms())
def test_the_order_of_claims_does_not_matter(rows, random):
    mixed = random.sample(rows, len(rows))
    assert calibration_error(mixed) == pytest.approx(calibration_error(rows))
    assert 0 <= calibration_error(rows) <= 1


def test_a_scale_joins_what_falls_and_keeps_what_rises():
    rows = [(0.2, False)] * 40 + [(0.4, True)] * 20 + [(0.6, False)] * 20 + [(0.8, True)] * 40
    assert [(round(x, 6), y) for x, y in fit(rows)] == [(0.2, 0), (0.5, 0.5), (0.8, 1)]
    assert fit(rows, least=41) == ()
    assert fit([]) == ()


def test_a_scale_is_read_along_straight_lines_and_level_beyond_its_ends():
    scale = ((0.2, 0.1), (0.6, 0.5))
    assert [read(scale, x) for x in (0.0, 0.2, 0.4, 0.6, 1.0)] == pytest.approx([0.1, 0.1, 0.3, 0.5, 0.5])
    assert read((), 0.7) == 0.7
    assert read(((0.5, 0.25),), 0.9) == 0.25


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.7, 0.9]), st.booleans()), max_size=60), st.randoms())
def test_a_scale_rises_and_does_not_depend_on_the_order(rows, random):
    scale = fit(rows, least=1)
    assert list(scale) == sorted(scale)
    assert [y for _, y in scale] == sorted(y for _, y in scale)
    assert fit(random.sample(rows, len(rows)), least=1) == scale


def test_no_document_is_measured_on_a_scale_that_has_seen_it():
    good, bad = [(0.5, True)] * 40, [(0.5, False)] * 40
    assert cross_fitted([good, bad]) == [(0.0, True)] * 40 + [(1.0, False)] * 40
    assert cross_fitted([good, bad, good])[:40] == [(0.5, True)] * 40
    assert cross_fitted([]) == []


def test_what_chance_alone_would_show_shrinks_with_the_number_of_claims():
    few, many = ([(0.5, True)] * n for n in (20, 2000))
    assert 0 < chance_error(many, 20) < 0.05 < chance_error(few, 20) < 0.5
    assert chance_error([(1.0, True)] * 20, 5) == 0
