-- By which numbers the document of a signature is found as the copy or version of another; made from `signatures`, and may be
-- thrown away at any time.

CREATE TABLE traces (
  trace INTEGER NOT NULL,
  signature INTEGER NOT NULL,
  PRIMARY KEY (trace, signature)
) STRICT, WITHOUT ROWID;
