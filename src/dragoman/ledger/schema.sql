-- The ledger, version 3. Facts are only ever added to; what can be made again from facts is marked REBUILDABLE.
-- Dates are ISO days, half-open; instants ISO UTC with seconds; offsets code points of revision.text. Names of columns are those of
-- the record contract where they mean the same. `n` is always this file's own number, `id` the stable public one.

-- Facts ---------------------------------------------------------------------------------------------------------------

CREATE TABLE report (                 -- one text as a source, whatever its revisions
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER,                 -- REBUILDABLE: the last one
    added TEXT NOT NULL,
    retracted_by TEXT                 -- REBUILDABLE: id of the report that takes it back
) STRICT;

CREATE INDEX report_revision ON report (revision);

CREATE TABLE revision (               -- what the report said at one time
    n INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (n),
    number INTEGER NOT NULL,
    title TEXT, url TEXT, outlet TEXT, section TEXT,
    authors TEXT NOT NULL DEFAULT '[]',
    published TEXT, language TEXT, notice TEXT, replaces TEXT,
    body INTEGER NOT NULL DEFAULT 0,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,             -- of the metadata and the text, see rows.digest_of_report
    raw TEXT REFERENCES raw (sha256),
    added TEXT NOT NULL,
    UNIQUE (report, number)
) STRICT;

CREATE INDEX revision_replaces ON revision (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX revision_url ON revision (url) WHERE url IS NOT NULL;

CREATE TABLE raw (                    -- the bytes as they came, where they are kept
    sha256 TEXT PRIMARY KEY,
    media TEXT,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE input (                  -- what was read to its end, so that it is not coded again; see inputs.py
    key BLOB PRIMARY KEY,             -- digest of the bytes, of how they were read and of the coder
    reports INTEGER NOT NULL,         -- how many came of it
    added TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE coding (                 -- one coder's claims on one revision
    n INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revision (n),
    report INTEGER NOT NULL REFERENCES report (n),
    coder TEXT NOT NULL,
    sha256 TEXT NOT NULL,             -- of the rows of its claims, see rows.digest_of_rows
    claims INTEGER NOT NULL,
    added TEXT NOT NULL,
    ended TEXT                        -- when a later coding took its place
) STRICT;
CREATE INDEX coding_report ON coding (report, ended);

CREATE TABLE failure (
    n INTEGER PRIMARY KEY,
    report INTEGER REFERENCES report (n),
    coding INTEGER REFERENCES coding (n),
    stage TEXT NOT NULL, error TEXT NOT NULL, message TEXT NOT NULL, source TEXT,
    added TEXT NOT NULL
) STRICT;
CREATE INDEX failure_report ON failure (report);
CREATE INDEX failure_coding ON failure (coding);

CREATE TABLE body (                   -- what actors act for: a state, or an organisation, or a person alone
    n INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    country TEXT,
    head INTEGER REFERENCES actor (n)  -- the state or organisation itself, where it is an actor
) STRICT;
CREATE INDEX body_country ON body (country);

CREATE TABLE actor (                  -- one who, under a registry id or (candidates) a key made of the name
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    plain TEXT NOT NULL,              -- the name in plain lower-case words, for look-up
    kind TEXT, country TEXT, sector TEXT, wikidata TEXT,
    registered INTEGER NOT NULL
) STRICT;
CREATE INDEX actor_plain ON actor (plain);
CREATE INDEX actor_country ON actor (country);

CREATE TABLE identity (               -- an actor as one kind of mention shows it: with office and side of that day
    n INTEGER PRIMARY KEY,
    actor INTEGER NOT NULL REFERENCES actor (n),
    body INTEGER NOT NULL REFERENCES body (n),
    id TEXT, name TEXT NOT NULL, kind TEXT, country TEXT, sector TEXT, title TEXT, member_of TEXT, wikidata TEXT,
    slots TEXT NOT NULL UNIQUE        -- the eight before as JSON
) STRICT;
CREATE INDEX identity_actor ON identity (actor, body);
CREATE INDEX identity_body ON identity (body);

CREATE TABLE variant (                -- the words by which reports name an actor
    plain TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor (n),
    PRIMARY KEY (plain, actor)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentence (               -- a sentence that is evidence of some claim
    n INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revision (n),
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX sentence_revision ON sentence (revision);

CREATE TABLE claim (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    coding INTEGER NOT NULL REFERENCES coding (n),
    report INTEGER NOT NULL REFERENCES report (n),
    sentence INTEGER NOT NULL REFERENCES sentence (n),
    corrects INTEGER REFERENCES claim (n),   -- the machine's claim of which this is the corrected form
    status INTEGER NOT NULL DEFAULT 0,       -- REBUILDABLE: 0 stands, 1 replaced, 2 corrected, 3 rejected, 4 struck
    kind TEXT NOT NULL CHECK (kind IN ('event', 'tie')),
    main INTEGER NOT NULL,
    about TEXT,
    "start" INTEGER NOT NULL,                -- of the trigger
    "end" INTEGER NOT NULL,
    stance TEXT NOT NULL,
    outcome TEXT,
    tense TEXT NOT NULL,
    direct INTEGER NOT NULL,
    interested INTEGER NOT NULL,             -- the nearest voice is a party or speaks for one
    "from" TEXT, "to" TEXT, grain TEXT,
    dated TEXT,                              -- where it stands on the axis of time: from, else the report's day
    place TEXT, country TEXT,
    confidence REAL NOT NULL,
    type TEXT, mode TEXT, quad TEXT, intensity REAL, mutual INTEGER,
    state TEXT, change TEXT, aspect TEXT, role TEXT,
    detail TEXT                              -- the other slots as JSON, see rows.py
) STRICT;
CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_coding ON claim (coding);
CREATE INDEX claim_sentence ON claim (sentence);
CREATE INDEX claim_dated ON claim (dated);

CREATE TABLE party (
    claim INTEGER NOT NULL REFERENCES claim (n),
    slot INTEGER NOT NULL,            -- 0 actor, 1 recipient, 2 between, 3 host, 4 mediator, 5 beneficiary, 6 observer, 7 instrument
    place INTEGER NOT NULL,           -- in that slot, from 0
    identity INTEGER NOT NULL REFERENCES identity (n),
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    via TEXT NOT NULL,
    PRIMARY KEY (claim, slot, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_identity ON party (identity, claim);

CREATE TABLE voice (
    claim INTEGER NOT NULL REFERENCES claim (n),
    place INTEGER NOT NULL,
    identity INTEGER NOT NULL REFERENCES identity (n),
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL, cue TEXT, step INTEGER NOT NULL, work TEXT,
    "when" TEXT,                      -- as JSON
    PRIMARY KEY (claim, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX voice_identity ON voice (identity, claim);

CREATE TABLE judgement (              -- never changed; an undo is a row of its own
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'correct', 'same', 'different', 'undo')),
    claim TEXT,                       -- claim ids; `other` for same and different
    other TEXT,
    slot TEXT, value TEXT,            -- of a correction; the value as JSON
    reason TEXT,
    undoes INTEGER REFERENCES judgement (n),
    anchor TEXT NOT NULL              -- JSON: report, kind and trigger of the claims, to find them again after new coding
) STRICT;
CREATE INDEX judgement_claim ON judgement (claim);

CREATE TABLE grading (                -- the user's word on an outlet from then on, never changed; "" where the time is not known
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    plain TEXT NOT NULL,
    outlet TEXT NOT NULL,
    reliability TEXT, owner TEXT, state TEXT
) STRICT;

CREATE TABLE source (                 -- REBUILDABLE: the last of it
    plain TEXT PRIMARY KEY,
    outlet TEXT NOT NULL,
    reliability TEXT CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F')),
    owner TEXT,
    state TEXT                        -- country code of the state that controls it
) STRICT, WITHOUT ROWID;

-- REBUILDABLE -----------------------------------------------------------------------------------------------------------

CREATE TABLE bond (                   -- which bodies a standing claim is about: pairs a < b, and each body by itself (a = b)
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    grade INTEGER NOT NULL,           -- how it is dated: 0 to the day, 1 by weeks or more, 2 by its report only; 10 more where a = b though
                                      -- the claim has another side
    dated TEXT NOT NULL,              -- its day; with grade 2 that of the report; '' for none
    claim INTEGER NOT NULL REFERENCES claim (n)
) STRICT;
CREATE UNIQUE INDEX bond_bodies ON bond (a, b, grade, dated, claim);

CREATE TABLE standing (               -- judgements that hold, with the ids that their claims have now
    judgement INTEGER PRIMARY KEY REFERENCES judgement (n),
    verdict TEXT NOT NULL,
    claim TEXT,                       -- null: the claim is not there any more
    other TEXT,
    claim_report INTEGER REFERENCES report (n),
    other_report INTEGER REFERENCES report (n)
) STRICT;
CREATE INDEX standing_claim ON standing (claim);
CREATE INDEX standing_other ON standing (other);
CREATE INDEX standing_claim_report ON standing (claim_report);
CREATE INDEX standing_other_report ON standing (other_report);

CREATE TABLE happening (
    n INTEGER PRIMARY KEY,            -- below 0: of a table, the number of its one claim
    id TEXT NOT NULL,
    type TEXT NOT NULL, mode TEXT, quad TEXT NOT NULL, intensity REAL NOT NULL, mutual INTEGER NOT NULL,
    "from" TEXT, "to" TEXT, grain TEXT,
    dated TEXT,                       -- its place on the axis of time, null where it has none
    reported TEXT,
    place TEXT, country TEXT, lat REAL, lon REAL,
    outcome TEXT,
    claims INTEGER NOT NULL, reports INTEGER NOT NULL, origins INTEGER NOT NULL,
    main INTEGER NOT NULL,            -- claims that are main
    news INTEGER NOT NULL,            -- claims that are both actual and main: 0 keeps it out of levels
    interested INTEGER NOT NULL,      -- of these, those from a party's own mouth
    stances TEXT NOT NULL             -- JSON: passages by stance
) STRICT;
CREATE UNIQUE INDEX happening_id ON happening (id);
CREATE INDEX happening_dated ON happening (dated);

CREATE TABLE member (                 -- standing event claims in happenings; `heap` holds what may yet be regrouped together
    claim INTEGER PRIMARY KEY REFERENCES claim (n),
    happening INTEGER REFERENCES happening (n),
    heap INTEGER NOT NULL
) STRICT;
CREATE INDEX member_happening ON member (happening);
CREATE INDEX member_heap ON member (heap);

CREATE TABLE likeness (               -- pairs of claims that may report one event, a < b
    a INTEGER NOT NULL REFERENCES claim (n),
    b INTEGER NOT NULL REFERENCES claim (n),
    score REAL NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX likeness_b ON likeness (b, a);

CREATE TABLE sketch (                 -- MinHash of a revision's text
    revision INTEGER PRIMARY KEY REFERENCES revision (n),
    hashes BLOB NOT NULL,
    copies INTEGER NOT NULL           -- the least revision of the near-duplicates that it belongs to
) STRICT;
CREATE INDEX sketch_copies ON sketch (copies);

CREATE TABLE band (
    hash INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (n),
    PRIMARY KEY (hash, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE month (                  -- what was read
    month TEXT PRIMARY KEY,
    reports INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
    sentence, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIEW judged_pair AS
SELECT verdict, claim AS one, other AS two FROM standing WHERE verdict IN ('same', 'different') AND claim IS NOT NULL AND other IS NOT NULL
UNION ALL
SELECT verdict, other, claim FROM standing WHERE verdict IN ('same', 'different') AND claim IS NOT NULL AND other IS NOT NULL;

-- For people who open the file themselves --------------------------------------------------------------------------------

CREATE VIEW claims AS
SELECT c.id, c.kind, c.type, c.mode, c.stance, c.tense, c.outcome, c.main, c."from", c."to", c.place, c.country, c.state, c.change, c.role,
       (SELECT group_concat(i.name, '; ') FROM party p JOIN identity i ON i.n = p.identity WHERE p.claim = c.n AND p.slot IN (0, 2)) AS actors,
       (SELECT group_concat(i.name, '; ') FROM party p JOIN identity i ON i.n = p.identity WHERE p.claim = c.n AND p.slot = 1) AS recipients,
       (SELECT group_concat(i.name, ' < ') FROM voice v JOIN identity i ON i.n = v.identity WHERE v.claim = c.n) AS said_by,
       substr(r.text, s.start + 1, s."end" - s.start) AS evidence,
       substr(r.text, c.start + 1, c."end" - c.start) AS "trigger",
       c.confidence, r.outlet, r.published, r.title, r.url, p.id AS report, c.status
FROM claim c JOIN sentence s ON s.n = c.sentence JOIN revision r ON r.n = s.revision JOIN report p ON p.n = c.report;

CREATE VIEW reports AS
SELECT p.id, r.outlet, r.published, r.title, r.url, r.section, r.authors, r.language, r.notice, p.retracted_by, r.number AS revision, p.added, r.text
FROM report p JOIN revision r ON r.n = p.revision;
