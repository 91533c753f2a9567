-- What follows from all that the ledger holds now, in rows small enough to be changed one by one; like `derived` it may be thrown
-- away at any time, but only as a whole.

CREATE TABLE current (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  item TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (kind, key, item)
) STRICT, WITHOUT ROWID;

-- The present state was kept there as well.
DELETE FROM derived;
