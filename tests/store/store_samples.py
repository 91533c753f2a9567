"""Small made-up documents and records."""

from datetime import date

from warledger.core import (
    Actor,
    Claim,
    Document,
    Evidence,
    Figure,
    Mention,
    Place,
    Record,
    Span,
    Voice,
    When,
    claim_id,
    document_id,
)


def make_document(number: int = 1, *, source: str = "Example Wire", day: int = 5) -> Document:
    text = f"Fighters took Brook Hill {number} on Thursday, an officer said. At least {number + 3} soldiers were killed — café."
    middle = text.index(" At least")
    return Document(
        id=document_id(text, source), text=text, source=source, published=date(2031, 3, day), title=f"Report {number}",
        url=f"https://example.org/{number}", name=f"report-{number}", origin=f"in/report-{number}.txt", raw_sha256="0" * 64,
        assumed=("encoding utf-8",), sentences=((0, middle), (middle + 1, len(text))),
        author="Jana Doe" if number % 2 == 0 else "",
    )  # fmt: skip


def make_record(document: Document, *, extractor: str = "by hand", confidence: float | None = 0.75) -> Record:
    def evidence(words: str) -> Evidence:
        start = document.text.index(words)
        return Evidence(document.id, Span(start, start + len(words)), words)

    def mention(words: str) -> Mention:
        return Mention(evidence(words).span, words)

    took, killed = evidence("took"), evidence("killed")
    count = evidence(document.text[document.text.index("At least") : document.text.index(" were killed")])
    place = document.text[document.text.index("Brook") : document.text.index(" on Thursday")]
    return Record(
        document=document.id,
        actors=(
            Actor("a1", "fighters (Northland)", "rebel_group", (mention("Fighters"),), "NL"),
            Actor("a2", "Army of Northland", "state_forces", (mention("soldiers"), mention("an officer"))),
        ),
        places=(Place("p1", place, "town", "NL", 52.5, 5.25, (mention(place),), "exact", "x:1", "03"),),
        claims=(
            Claim(
                claim_id(document.id, "toll", killed.span), document.id, 1, "e2", "toll", killed, target=("a2",),
                figures=(Figure("killed", "combatants", 4, None, count, side="a2"),),
            ),
            Claim(
                claim_id(document.id, "seize", took.span), document.id, 0, "e1", "seize", took, initiator=("a1",), place="p1",
                when=When.parse("2031-03-06"), when_text=evidence("on Thursday"), voice=(Voice("a2", "said"),),
                confidence=confidence,
            ),
        ),
        extractor=extractor,
    )  # fmt: skip
