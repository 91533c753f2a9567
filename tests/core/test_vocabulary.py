"""The closed lists agree with each other, with the annotation guide's checker and with its scorer."""

import importlib.util
from itertools import takewhile
from pathlib import Path

import pytest

from warledger.core import vocabulary as v

ANNOTATION = Path(__file__).parents[2].parent / "shared" / "annotation"


@pytest.mark.parametrize(
    "words",
    [
        v.CLAIM_TYPES, v.STATUSES, v.FRAMES, v.MEASURES, v.GROUPS, v.ACTOR_KINDS, v.PLACE_KINDS, v.RELATION_TYPES, v.BASES,
        v.GRADES,
    ],
)  # fmt: skip
def test_no_word_is_there_twice(words):
    assert len(set(words)) == len(words)
    assert all(word == word.casefold().strip() and " " not in word for word in words)


def test_every_type_has_one_family():
    assert sorted(t for members in v.FAMILIES.values() for t in members) == sorted(v.CLAIM_TYPES)
    assert set(v.FAMILY_OF) == set(v.CLAIM_TYPES)
    assert all(t in v.FAMILIES[family] for t, family in v.FAMILY_OF.items())


def test_speech_acts_are_of_the_family_of_speech():
    assert set(v.FAMILIES["speech"]) >= v.SPEECH_ACTS


def loaded(name):
    path = ANNOTATION / name
    if not path.exists():
        pytest.skip("the annotation guide is not here")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("TYPES", v.CLAIM_TYPES), ("STATUS", v.STATUSES), ("FRAMES", v.FRAMES), ("MEASURES", v.MEASURES), ("GROUPS", v.GROUPS),
        ("ACTOR_KINDS", v.ACTOR_KINDS), ("PLACE_KINDS", v.PLACE_KINDS), ("RELATIONS", v.RELATION_TYPES),
    ],
)  # fmt: skip
def test_the_lists_are_the_checkers(name, words):
    assert getattr(loaded("check.py"), name) == set(words)


@pytest.mark.shared
def test_the_guides_table_has_the_types_in_this_order():
    path = ANNOTATION / "GUIDE.md"
    if not path.exists():
        pytest.skip("the annotation guide is not here")
    rows = path.read_text("utf-8").split("| type | what |")[1].splitlines()[2:]
    assert [row.split("|")[1].strip() for row in takewhile(lambda row: row.startswith("|"), rows)] == list(v.CLAIM_TYPES)


@pytest.mark.shared
def test_the_families_are_the_scorers():
    assert loaded("score.py").FAMILY == v.FAMILY_OF
