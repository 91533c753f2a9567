"""Attributions are put together from tags, and scored span by span."""

from warledger.core import Span
from warledger.evaluate import polnear
from warledger.evaluate.polnear import Attribution, attributions, score, trivial_tags


def read(text, cue, *actors):
    def at(words):
        start = text.index(words)
        return Span(start, start + len(words))

    (found,) = attributions(text, [Span(0, len(text))], [at(cue)], [at(a) for a in actors])
    return tuple(None if s is None else s.of(text) for s in (found.source, found.cue, found.content))


def test_the_content_is_behind_or_before():
    said = "The mayor said that the bridge was closed."
    assert read(said, "said", "The mayor") == ("The mayor", "said", "that the bridge was closed")
    quoted = '"The bridge is closed," said the mayor.'
    assert read(quoted, "said", "the mayor") == ("the mayor", "said", '"The bridge is closed,"')


def test_the_nearest_actor_is_the_source_and_a_far_one_is_not():
    text = "The guard and the mayor said it. " + "x" * 90 + " claimed it."
    assert read("The guard and the mayor said it.", "said", "The guard", "the mayor")[0] == "the mayor"
    (found,) = attributions(text, [Span(0, len(text))], [Span(123, 131)], [Span(0, 9)])
    assert found.source is None


def test_a_cue_alone_has_no_content():
    assert read("Said.", "Said") == (None, "Said", None)
    assert attributions("said", [], [Span(0, 4)], []) == [Attribution(Span(0, 4))]


def test_the_trivial_baseline_reads_said():
    text = "John Doe said it rained. According to plan.\nSecond line"
    sentences, cues, actors = trivial_tags(text)
    assert [s.of(text) for s in sentences] == ["John Doe said it rained.", "According to plan.", "Second line"]
    assert [c.of(text) for c in cues] == ["said"]
    assert [a.of(text) for a in actors] == ["John Doe", "According", "Second"]


def test_each_part_of_a_field_is_scored():
    gold = [[{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 20], [25, 30]]}, {"cue": [[40, 44]]}]]
    found = [[Attribution(Span(4, 8), Span(0, 3), Span(9, 20))]]
    assert score(gold, found) == {"source": 1.0, "cue": 2 / 3, "content": 2 / 3}
    assert score([[]], [[]]) == dict.fromkeys(polnear.FIELDS, 0.0)
