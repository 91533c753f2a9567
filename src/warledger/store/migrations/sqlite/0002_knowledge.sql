-- What the user adds to what warledger knows (places, sources), and derived values, which may be thrown away at any time.

CREATE TABLE places (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT NOT NULL,
  admin1 TEXT NOT NULL,
  lat REAL NOT NULL,
  lon REAL NOT NULL,
  population INTEGER NOT NULL,
  names TEXT NOT NULL,
  added_at TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id)
) STRICT;

-- Of the rows of one name the latest is in force.
CREATE TABLE sources (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  kind TEXT NOT NULL,
  side TEXT NOT NULL,
  aliases TEXT NOT NULL,
  added_at TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id)
) STRICT;
CREATE INDEX sources_name ON sources (name);

CREATE TABLE derived (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL,
  kind TEXT NOT NULL,
  json TEXT NOT NULL,
  UNIQUE (state, kind)
) STRICT;
