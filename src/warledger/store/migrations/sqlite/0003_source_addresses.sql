-- Where a source is at home, and its hosts on the web, by which it is known too.

ALTER TABLE sources ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN addresses TEXT NOT NULL DEFAULT '[]';
