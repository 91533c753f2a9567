-- What single steps of deriving came to, by the code that took them; like `derived` it may be thrown away at any time.

CREATE TABLE steps (
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (code, kind, key)
) STRICT;
