-- Who wrote a document, as it says itself; empty in those that were added before.

ALTER TABLE documents ADD COLUMN author TEXT NOT NULL DEFAULT '';
