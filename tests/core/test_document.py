"""A document's id is that of its words and its source."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import Document, DocumentLink, document_id

TEXT = "Troops left the café in Exampleville.\nNobody was hurt."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (TEXT.replace("\n", "  \n\t "), "Example Wire"),
        (f"\n {TEXT}\n", "Example Wire"),
        (unicodedata.normalize("NFD", TEXT), "Example Wire"),
        (TEXT, " example WIRE "),
    ],
)
def test_spacing_and_unicode_form_do_not_matter(text, source):
    assert document_id(text, source) == document_id(TEXT, "Example Wire")


@pytest.mark.parametrize(
    ("text", "source"), [(TEXT.replace("hurt", "killed"), "Example Wire"), (TEXT, "Other Wire"), (TEXT.upper(), "Example Wire")]
)
def test_words_and_source_matter(text, source):
    assert document_id(text, source) != document_id(TEXT, "Example Wire")


@given(st.text(max_size=30), st.text(max_size=10))
def test_an_id_of_normalised_words_is_the_same(text, source):
    assert document_id(" ".join(text.split()), source) == document_id(text, source)
    assert document_id(text, source).startswith("d")


def test_a_document_is_called_by_its_name_or_else_by_its_id():
    document = Document("d1", TEXT, "Example Wire", date(2024, 12, 5))
    assert document.label == "d1"
    assert Document("d1", TEXT, "Example Wire", None, name="one.txt").label == "one.txt"


def test_links_sort_by_document():
    links = [DocumentLink("d2", "d1", "copy", 0.9), DocumentLink("d1", "d0", "revision", 0.8)]
    assert [link.document for link in sorted(links)] == ["d1", "d2"]
