-- What was read, what was decided, and what was done: tables that only grow.
-- `seq` is the order of arrival and, like `added_at`, `began_at` and `run`, no part of what the ledger holds.

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  began_at TEXT NOT NULL,
  version TEXT NOT NULL,
  command TEXT NOT NULL
) STRICT;

-- Written when a run ends; a run without counts was broken off.
CREATE TABLE run_counts (
  run TEXT NOT NULL REFERENCES runs (id),
  name TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (run, name)
) STRICT;

-- `text_sha256` is over the exact text, `sha256` over every column that says what the document is.
CREATE TABLE documents (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  published TEXT,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  language TEXT NOT NULL,
  origin TEXT NOT NULL,
  raw_sha256 TEXT NOT NULL,
  assumed TEXT NOT NULL,
  text TEXT NOT NULL,
  sentences TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  added_at TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id)
) STRICT;
CREATE INDEX documents_name ON documents (name);
CREATE INDEX documents_published ON documents (published);
CREATE INDEX documents_source ON documents (source);

-- The same text of the same source met again with other words about it (another date, title, address or name).
CREATE TABLE sightings (
  document TEXT NOT NULL REFERENCES documents (id),
  name TEXT NOT NULL,
  published TEXT NOT NULL,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  origin TEXT NOT NULL,
  added_at TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id),
  PRIMARY KEY (document, name, published, title, url)
) STRICT;

-- Extraction records; of the revisions of one document the highest is in force.
CREATE TABLE records (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  document TEXT NOT NULL REFERENCES documents (id),
  revision INTEGER NOT NULL,
  extractor TEXT NOT NULL,
  json TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  added_at TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id),
  UNIQUE (document, revision)
) STRICT;

-- One row a claim, for filters and joins; every column follows from the record of that revision.
CREATE TABLE claims (
  document TEXT NOT NULL,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL,
  sentence INTEGER NOT NULL,
  event TEXT NOT NULL,
  type TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  quote TEXT NOT NULL,
  initiator TEXT NOT NULL,
  target TEXT NOT NULL,
  voice TEXT NOT NULL,
  place TEXT NOT NULL,
  place_folded TEXT NOT NULL,
  country TEXT NOT NULL,
  admin1 TEXT NOT NULL,
  lat REAL,
  lon REAL,
  first_day TEXT,
  last_day TEXT,
  status TEXT NOT NULL,
  frame TEXT NOT NULL,
  confidence REAL,
  PRIMARY KEY (document, revision, id),
  FOREIGN KEY (document, revision) REFERENCES records (document, revision)
) STRICT;
CREATE INDEX claims_id ON claims (id);
CREATE INDEX claims_place ON claims (place_folded, first_day);
CREATE INDEX claims_type ON claims (type, first_day);

CREATE TABLE links (
  document TEXT NOT NULL REFERENCES documents (id),
  "of" TEXT NOT NULL REFERENCES documents (id),
  kind TEXT NOT NULL CHECK (kind IN ('copy', 'revision')),
  similarity REAL NOT NULL,
  added_at TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id),
  PRIMARY KEY (document, "of", kind)
) STRICT;
CREATE INDEX links_of ON links ("of");

CREATE TABLE signatures (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  document TEXT NOT NULL UNIQUE REFERENCES documents (id),
  signature BLOB NOT NULL
) STRICT;

CREATE TABLE judgements (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subjects TEXT NOT NULL,
  change TEXT NOT NULL,
  user TEXT NOT NULL,
  made_at TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE issues (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL,
  "where" TEXT NOT NULL,
  found TEXT NOT NULL,
  expected TEXT NOT NULL,
  todo TEXT NOT NULL,
  severity TEXT NOT NULL,
  document TEXT REFERENCES documents (id),
  added_at TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id)
) STRICT;
CREATE INDEX issues_document ON issues (document);
