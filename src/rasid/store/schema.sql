-- The store: one DuckDB file. Version 2 (meta 'schema').
-- Times are UTC without a zone; days are calendar days; offsets count code points of the article's text.
-- No primary keys: DuckDB would keep an index in memory and slow bulk writing. The writer sees to it that ids are
-- unique, and `rasid store check` proves it.

CREATE TABLE meta (
    key VARCHAR NOT NULL,                -- schema, created, rasid
    value VARCHAR NOT NULL
);

CREATE TABLE runs (                      -- what made the values: one row for each ingest or recoding
    id INTEGER NOT NULL,
    started TIMESTAMP NOT NULL,
    finished TIMESTAMP,                  -- NULL: still running, or interrupted
    command VARCHAR NOT NULL,
    rasid VARCHAR NOT NULL,
    lexicon_digest VARCHAR NOT NULL,
    models_digest VARCHAR NOT NULL,
    "read" INTEGER NOT NULL DEFAULT 0,
    coded INTEGER NOT NULL DEFAULT 0,
    merged INTEGER NOT NULL DEFAULT 0,   -- events written or changed
    rejected INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE articles (
    id VARCHAR NOT NULL,                 -- unique
    url VARCHAR,
    publisher VARCHAR,
    published DATE,
    published_by VARCHAR,
    published_reliability DOUBLE,
    title VARCHAR,
    body VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,             -- of title, blank line, body
    copy_of VARCHAR,                     -- id of the earlier article that this one repeats
    source VARCHAR,                      -- the command's SOURCE that it came from
    run INTEGER NOT NULL,                -- the run that coded it last
    ingested TIMESTAMP NOT NULL,
    coded JSON NOT NULL,                 -- the whole public coded record, as the machine made it
    number INTEGER NOT NULL              -- 1, 2, ... in the order of storing; what search points to (version 2)
);

CREATE TABLE superseded (                -- texts of articles that came again with another text
    id VARCHAR NOT NULL,                 -- the article's
    sha256 VARCHAR NOT NULL,
    title VARCHAR,
    body VARCHAR NOT NULL,
    published DATE,
    run INTEGER NOT NULL,                -- the run that coded this text
    "until" TIMESTAMP NOT NULL
);

CREATE TABLE rejected (
    id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    run INTEGER NOT NULL,
    "at" TIMESTAMP NOT NULL
);

CREATE TABLE reports (                   -- event mentions, with people's judgements applied
    id VARCHAR NOT NULL,                 -- article id, ":", event id within the article; unique, kept in recoding
    article VARCHAR NOT NULL,
    run INTEGER NOT NULL,
    event VARCHAR NOT NULL,              -- id within the coded record
    type VARCHAR NOT NULL,
    modes VARCHAR[] NOT NULL,
    status VARCHAR NOT NULL,
    historical BOOLEAN NOT NULL,
    plover VARCHAR NOT NULL,
    cameo VARCHAR NOT NULL,
    quad TINYINT NOT NULL,
    score DOUBLE NOT NULL,
    contexts VARCHAR[] NOT NULL,
    confidence DOUBLE NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    trigger_text VARCHAR NOT NULL,
    time_start INTEGER,
    time_end INTEGER,
    time_text VARCHAR,
    edtf VARCHAR,
    "first" DATE,                        -- first and last day covered
    "last" DATE,
    "precision" VARCHAR,
    calendar VARCHAR,
    anchor VARCHAR,
    time_reason VARCHAR,                 -- why a time phrase has no value
    place_start INTEGER,
    place_end INTEGER,
    place_text VARCHAR,
    place_name VARCHAR,
    place_name_en VARCHAR,
    country VARCHAR,
    admin1 VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    geonames_id INTEGER,
    place_precision VARCHAR,
    place_reason VARCHAR,
    killed VARCHAR,                      -- as told: 12, >=12, 10-15
    injured VARCHAR,
    arrested VARCHAR,
    coref INTEGER NOT NULL,
    evidence JSON NOT NULL,
    judged VARCHAR                       -- NULL, or the last judgement: set, add, accept, reject
);

CREATE TABLE parties (
    report VARCHAR NOT NULL,
    role VARCHAR NOT NULL,               -- actor or recipient
    n INTEGER NOT NULL,                  -- 0, 1, ... within the role
    "start" INTEGER,
    "end" INTEGER,
    text VARCHAR,
    name VARCHAR,
    name_en VARCHAR,
    actor VARCHAR,                       -- id in actors, where known
    title VARCHAR,
    country VARCHAR,
    sectors VARCHAR[] NOT NULL,
    code VARCHAR NOT NULL
);

CREATE TABLE attributions (
    report VARCHAR NOT NULL,
    n INTEGER NOT NULL,
    "start" INTEGER,
    "end" INTEGER,
    text VARCHAR,
    code VARCHAR NOT NULL,
    stance VARCHAR NOT NULL
);

CREATE TABLE told (                      -- reports as merging compares them (rasid.merge.Told)
    report VARCHAR NOT NULL,
    record VARCHAR NOT NULL
);

CREATE TABLE unmerged (                  -- reports that are new or changed since events were last made
    report VARCHAR NOT NULL,
    published DATE                       -- its article
);

CREATE TABLE events (
    id VARCHAR NOT NULL,                 -- unique; kept while any of its reports stays
    type VARCHAR NOT NULL,
    modes VARCHAR[] NOT NULL,
    status VARCHAR NOT NULL,
    historical BOOLEAN NOT NULL,
    plover VARCHAR NOT NULL,
    cameo VARCHAR NOT NULL,
    quad TINYINT NOT NULL,
    score DOUBLE NOT NULL,
    contexts VARCHAR[] NOT NULL,
    "first" DATE,
    "last" DATE,
    edtf VARCHAR,
    "precision" VARCHAR,
    place_name VARCHAR,
    place_name_en VARCHAR,
    country VARCHAR,
    admin1 VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    geonames_id INTEGER,
    place_precision VARCHAR,
    killed_low INTEGER,
    killed_high INTEGER,
    injured_low INTEGER,
    injured_high INTEGER,
    arrested_low INTEGER,
    arrested_high INTEGER,
    confidence DOUBLE NOT NULL,
    reports INTEGER NOT NULL,
    sources INTEGER NOT NULL,            -- independent ones: a copy and a publisher's second article count once
    publishers VARCHAR[] NOT NULL,
    first_published DATE,
    last_published DATE,
    reviewed BOOLEAN NOT NULL,
    line_ar VARCHAR NOT NULL,
    line_en VARCHAR NOT NULL
);

CREATE TABLE event_parties (
    event VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    country VARCHAR,
    sectors VARCHAR[] NOT NULL,
    actor VARCHAR,
    name VARCHAR,
    name_en VARCHAR
);

CREATE TABLE merges (                    -- why a report is in its event
    event VARCHAR NOT NULL,
    report VARCHAR NOT NULL,             -- unique: a report is in one event
    score DOUBLE NOT NULL,
    reasons JSON NOT NULL
);

CREATE TABLE redirects (                 -- ids of events that went into another one
    event VARCHAR NOT NULL,
    target VARCHAR NOT NULL
);

CREATE TABLE links (
    source_event VARCHAR NOT NULL,
    target_event VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,               -- planned_reported or planned_cancelled
    reasons JSON NOT NULL
);

CREATE TABLE actors (
    id VARCHAR NOT NULL,                 -- unique
    name VARCHAR,
    name_en VARCHAR,
    country VARCHAR,
    sectors VARCHAR[] NOT NULL,
    code VARCHAR NOT NULL
);

CREATE TABLE actor_names (               -- the phrases that named an actor, and in how many reports
    actor VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    reports INTEGER NOT NULL
);

CREATE TABLE judgements (                -- append-only; people's decisions win over the machine
    id VARCHAR NOT NULL,                 -- unique
    "at" TIMESTAMP NOT NULL,
    who VARCHAR NOT NULL,
    what VARCHAR NOT NULL,               -- set, add, reject, accept, split, join, undo
    target VARCHAR NOT NULL,             -- report, article (add), event (split, join) or judgement (undo)
    value JSON NOT NULL,
    why VARCHAR NOT NULL
);

-- Version 2: every word of every sentence, as folded stem, for full-text search.
CREATE TABLE search (
    word VARCHAR NOT NULL,
    article INTEGER NOT NULL,            -- articles.number
    sentence INTEGER NOT NULL            -- offset at which the sentence starts (reports.sentence_start)
);
