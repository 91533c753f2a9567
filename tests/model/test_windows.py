"""Windows cover every word once in their cores and never lose an offset."""

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.model import cut, read_words
from warledger.model.network import DATA
from warledger.model.windows import CORE_TOKENS, LEFT_TOKENS


@lru_cache
def tokenizer():
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(DATA / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def sentences_of(parts):
    at, spans = 0, []
    for part in parts:
        spans.append((at, at + len(part)))
        at += len(part) + 1
    return " ".join(parts), spans


def test_words_read_back():
    text, spans = sentences_of(["Rebels took Example-Town on Friday.", "The army's units left."])
    words = read_words(text, spans, tokenizer())
    assert [text[a:b] for a, b in words.chars.tolist()] == [
        "Rebels", "took", "Example", "-", "Town", "on", "Friday", ".", "The", "army", "'", "s", "units", "left", ".",
    ]  # fmt: skip
    assert words.sentence.tolist() == [0] * 8 + [1] * 7


def test_no_words():
    words = read_words("", [], tokenizer())
    assert cut(words) == []
    assert cut(read_words("   ", [(0, 3)], tokenizer())) == []


def test_context_comes_before_the_core():
    text, spans = sentences_of(["Shelling hit the old market of the town again on Monday morning ."] * 60)
    words = read_words(text, spans, tokenizer())
    first, second, *_ = cut(words)
    assert first.core == 0
    assert second.core > 0
    assert len(second.ids) <= CORE_TOKENS + LEFT_TOKENS + 60
    assert second.words[second.core] == first.words[-1] + 1
    assert (np.diff(second.words[second.core :]) == 1).all()


def test_a_sentence_longer_than_a_window_is_cut():
    text = "word " * 2000
    words = read_words(text, [(0, len(text))], tokenizer())
    windows = cut(words)
    assert max(len(w.ids) for w in windows) <= 512
    assert sum(len(w.words) - w.core for w in windows) == 2000


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=300), min_size=1, max_size=12))
def test_every_word_is_in_one_core(parts):
    text, spans = sentences_of(parts)
    words = read_words(text, spans, tokenizer())
    cores = [w for window in cut(words) for w in window.words[window.core :].tolist()]
    assert cores == list(range(len(words.pieces)))
    for start, end in words.chars.tolist():
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("text", ["\u200f\u0647\u062c\u0648\u0645 on Hama", "e\u0301clat \U0001f4a5 blast", "a\x00b"])
def test_odd_characters_keep_their_offsets(text):
    words = read_words(text, [(0, len(text))], tokenizer())
    for start, end in words.chars.tolist():
        assert text[start:end].strip()
