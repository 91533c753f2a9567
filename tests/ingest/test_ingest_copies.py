"""Copies and revisions: what is linked, which way round, and that the order of arrival does not matter."""

import random
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.core import DocumentLink, document_id
from warledger.ingest import CopyEntry, links_of, signature, similarity, sought, traces

WORDS = """army rebels town city road bridge river hospital market village commander spokesman convoy shells drones civilians
families border crossing camp airfield barracks governor mayor doctor witness fire smoke night morning talks truce""".split()
DAY = date(2024, 12, 5)


def words(seed: int, count: int = 200) -> list[str]:
    rng = random.Random(seed)  # noqa: S311
    return [rng.choice(WORDS) for _ in range(count)]


def entry(
    text: str, source: str = "Example Wire", day: date | None = DAY, url: str = "", title: str = "", name: str = ""
) -> CopyEntry:
    return CopyEntry(name or document_id(text, source), source, day, url, title, signature(text))


def links(*entries: CopyEntry) -> list[DocumentLink]:
    found = []
    filed: dict[int, list[CopyEntry]] = {}
    for one in entries:
        near = {other.document: other for number in sought(one) for other in filed.get(number, ())}
        found += links_of(one, near.values())
        for number in traces(one):
            filed.setdefault(number, []).append(one)
    return sorted(found)


BASE = words(1)
TEXT = " ".join(BASE)


def test_a_wire_text_under_another_source_is_a_copy_of_the_earlier() -> None:
    first = entry(TEXT, "Example Wire", name="d2")
    later = entry("By our staff. " + TEXT, "Example Herald", DAY + timedelta(days=1), name="d1")
    (found,) = links(later, first)
    assert (found.document, found.of, found.kind) == ("d1", "d2", "copy")
    assert found.similarity >= 0.9
    same_day = entry(TEXT, "Example Herald", name="d1")
    assert links(first, same_day) == [DocumentLink("d2", "d1", "copy", 1.0)]


def test_a_copy_cut_short_is_a_copy() -> None:
    short = entry(" ".join(BASE[:110]), "Example Herald", name="d2")
    (found,) = links(entry(TEXT, name="d1"), short)
    assert (found.kind, found.similarity < 0.8) == ("copy", True)


def test_other_reports_are_not_linked() -> None:
    assert (
        links(*(entry(" ".join(words(n)), f"Source {n % 3}", title=f"Report {n} from the town of X{n}") for n in range(2, 40)))
        == []
    )


def test_half_a_text_shared_by_another_source_is_no_copy() -> None:
    half = " ".join(BASE[:100] + words(7, 100))
    assert links(entry(TEXT), entry(half, "Example Herald")) == []


@pytest.mark.parametrize(
    ("days", "url", "title", "text", "linked"),
    [
        (1, "", "", " ".join(BASE[:150] + words(5, 40)), True),  # much the same text, soon
        (30, "", "", " ".join(BASE[:150] + words(5, 40)), False),  # much later
        (30, "http://www.example.org/a/1/?utm_source=x", "", " ".join(BASE[:60] + words(5, 100)), True),  # the same address
        (30, "https://example.org/a/1", "", " ".join(words(5)), False),  # the address alone, nothing in common
        (2, "", "Troops leave the town of Azaz", " ".join(BASE[:70] + words(5, 100)), True),  # the same headline
        (2, "", "Troops leave town of Azaz, mayor says", " ".join(BASE[:70] + words(5, 100)), True),  # nearly the same
        (2, "", "Troops leave the town of Azaz", " ".join(words(5)), False),  # a series under one headline
        (2, "", "CORRECTION: Troops leave the town of Azaz", " ".join(words(5, 40)), True),  # says so itself
        (9, "", "CORRECTION: Troops leave the town of Azaz", " ".join(words(5, 40)), False),
        (2, "", "Talks go on in Geneva", " ".join(words(5)), False),
    ],
)
def test_revisions_by_the_same_source(days: int, url: str, title: str, text: str, *, linked: bool) -> None:
    first = entry(TEXT, url="https://example.org/a/1", title="Troops leave the town of Azaz", name="d9")
    later = entry(text, " example WIRE", DAY + timedelta(days=days), url, title, name="d1")
    found = links(first, later)
    assert [(f.document, f.of, f.kind) for f in found] == ([("d1", "d9", "revision")] if linked else [])
    assert links(later, first) == found


def test_a_front_page_is_no_address() -> None:
    assert links(entry(TEXT, url="https://example.org/"), entry(" ".join(words(3)), url="https://example.org")) == []


def test_unknown_sources_are_not_one_source() -> None:
    first, second = entry(TEXT, "", name="d1"), entry(TEXT + " more", "", name="d2")
    assert [f.kind for f in links(first, second)] == ["copy"]


def test_undated_documents_and_empty_texts() -> None:
    assert [(f.document, f.of) for f in links(entry(TEXT, "A", None, name="d1"), entry(TEXT, "B", name="d2"))] == [("d1", "d2")]
    assert links(entry("", "A", name="d1"), entry("", "B", name="d2")) == []
    assert links(entry("Azaz", "A", None, name="d1"), entry("Azaz", "B", None, name="d2")) == [
        DocumentLink("d2", "d1", "copy", 1.0)
    ]


def test_a_document_is_no_copy_of_itself() -> None:
    assert links(entry(TEXT, name="d1"), entry(TEXT, name="d1")) == []


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 14))
def test_links_do_not_depend_on_the_order_of_arrival(rng: random.Random, count: int) -> None:
    entries = []
    for n in range(count):
        base = words(rng.randrange(3))
        start = rng.randrange(0, 120)
        mixed = base[start:] + words(100 + n, rng.randrange(0, 60))
        title = rng.choice(
            ["", "Troops leave the town of Azaz", "Correction: troops leave town of Azaz", "Talks in Geneva go on"]
        )
        url = rng.choice(["", "https://example.org/1", "http://www.example.org/1/?utm_x=1"])
        day = rng.choice([None, DAY, DAY + timedelta(days=rng.randrange(12))])
        entries.append(entry(" ".join(mixed), rng.choice(["", "A", "B"]), day, url, title, name=f"d{n}"))
    expected = links(*entries)
    for _ in range(3):
        rng.shuffle(entries)
        assert links(*entries) == expected


def test_similarity_estimates_shared_shingles() -> None:
    assert similarity(signature(TEXT), signature(TEXT.upper() + "!")) == 1.0
    assert similarity(signature(TEXT), signature(" ".join(words(9)))) < 0.05
    half = signature(" ".join(BASE[:100]))
    assert similarity(signature(TEXT), half) == pytest.approx(0.49, abs=0.15)
    assert similarity(signature(TEXT), b"") == 0.0
    other_version = b"\xff\xff" + signature(TEXT)[2:]
    assert similarity(signature(TEXT), other_version) == 0.0


def test_the_signature_is_the_same_on_every_machine() -> None:
    text = "Shells fell on the market of Azaz on Thursday morning."
    program = (
        f"import sys; sys.path[:0] = {sys.path!r}; from warledger.ingest import signature; print(signature({text!r}).hex())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for seed in ("0", "1", "4242")
    }
    assert outputs == {signature(text).hex()}
    assert len(signature(text)) == 518
    assert signature(text)[:6].hex() == "020006000000"
