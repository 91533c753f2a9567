-- The names of the second- and third-level divisions that a place lies in: of their own, since places may be there without them.

CREATE TABLE place_divisions (
  place TEXT PRIMARY KEY REFERENCES places (id),
  admin2 TEXT NOT NULL,
  admin3 TEXT NOT NULL,
  added_at TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id)
) STRICT;
