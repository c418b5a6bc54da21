-- Articles get a number, and every word of their sentences goes into the table of full-text search.
ALTER TABLE articles ADD COLUMN number INTEGER;
UPDATE articles SET number = numbered.n
FROM (SELECT id, row_number() OVER (ORDER BY ingested, rowid) AS n FROM articles) AS numbered
WHERE articles.id = numbered.id;
ALTER TABLE articles ALTER COLUMN number SET NOT NULL;

CREATE TABLE search (
    word VARCHAR NOT NULL,
    article INTEGER NOT NULL,
    sentence INTEGER NOT NULL
);
