-- Articles get a number, and every word of their sentences goes into the table of full-text search.
CREATE TABLE numbered (
    id VARCHAR NOT NULL,
    url VARCHAR,
    publisher VARCHAR,
    published DATE,
    published_by VARCHAR,
    published_reliability DOUBLE,
    title VARCHAR,
    body VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    copy_of VARCHAR,
    source VARCHAR,
    run INTEGER NOT NULL,
    ingested TIMESTAMP NOT NULL,
    coded JSON NOT NULL,
    number INTEGER NOT NULL
);
INSERT INTO numbered SELECT *, row_number() OVER (ORDER BY ingested, rowid) AS number FROM articles ORDER BY number;
DROP TABLE articles;
ALTER TABLE numbered RENAME TO articles;

CREATE TABLE search (
    word VARCHAR NOT NULL,
    article INTEGER NOT NULL,
    sentence INTEGER NOT NULL
);
