-- The index: what the log and the exhibits say, arranged for asking. A cache: every row here is
-- computed from signed entries and preserved bytes, and `sillok reindex` computes it again.
-- Row numbers differ between devices; nothing outside record/ sees them (see dump.c).
--
-- Restriction works by sets: rset.id 0 is the empty set (open to all); every other row is one
-- combination of labels. A row that carries rset r is visible to a view that holds r.

CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID, STRICT;

CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE entry(                 -- every entry of every log; its body is read from the archive.
                                    -- Claims derived from an import stand here too, with segment 0
  id      INTEGER PRIMARY KEY,      -- also the id of the claim, capture or judgement it holds
  hash    BLOB NOT NULL,
  kind    INTEGER NOT NULL,         -- word.id, like by and device
  at      TEXT NOT NULL,
  by      INTEGER NOT NULL,
  device  INTEGER NOT NULL,
  segment INTEGER NOT NULL,
  offset  INTEGER NOT NULL,
  leaf    INTEGER NOT NULL
) STRICT;

CREATE TABLE exhibit(
  id      INTEGER PRIMARY KEY,
  sha256  BLOB NOT NULL UNIQUE,
  size    INTEGER,                  -- NULL: named by a claim, never captured here
  as_text INTEGER NOT NULL DEFAULT 0, -- 1: to be read as text; 0: captured by imports alone
  rset    INTEGER NOT NULL DEFAULT 0,
  outcome INTEGER,                  -- sk_outcome of reading it as text; NULL: not read yet
  note TEXT, reader TEXT, media TEXT, charset TEXT, title TEXT, lang TEXT,
  suggested TEXT,                   -- version of what read it for suggestions; NULL: not read yet
  suggest_note TEXT                 -- what of the text was not read for suggestions, and why
) STRICT;
CREATE INDEX exhibit_unread ON exhibit(id) WHERE outcome IS NULL AND as_text;

CREATE TABLE capture(               -- how and when bytes came in; an exhibit may have several
  id       INTEGER PRIMARY KEY,     -- entry.id
  exhibit  INTEGER NOT NULL,
  name TEXT, media TEXT, url TEXT, captured TEXT, captured_by TEXT, rights TEXT, method TEXT
) STRICT;
CREATE INDEX capture_exhibit ON capture(exhibit);

CREATE TABLE stated(                -- dates and links a document states about itself
  exhibit INTEGER NOT NULL, ord INTEGER NOT NULL, what TEXT NOT NULL,
  edtf TEXT, words TEXT, PRIMARY KEY(exhibit, what, ord)
) WITHOUT ROWID, STRICT;

CREATE TABLE unit(                  -- what search finds: a block of text, a claim's value
  id      INTEGER PRIMARY KEY,
  kind    INTEGER NOT NULL,         -- 0 text, 1 heading, 2 row, 3 furniture, 4 claim
  owner   INTEGER NOT NULL,         -- exhibit.id, or claim.id for kind 4
  first   INTEGER NOT NULL,         -- the units of one document stand together: its first
  last    INTEGER NOT NULL,         -- and its last
  rset    INTEGER NOT NULL DEFAULT 0,
  start INTEGER, "end" INTEGER, page INTEGER, orig_start INTEGER, orig_end INTEGER,
  place TEXT,
  text TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE fts USING fts5(text, content='unit', content_rowid='id', tokenize='sillok', prefix='1');

CREATE TABLE entity(
  id      INTEGER PRIMARY KEY,
  key     TEXT NOT NULL UNIQUE,
  type    TEXT NOT NULL DEFAULT '', -- the most specific type claimed
  cluster INTEGER NOT NULL,         -- entity.id of the member with the least key
  rset    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE chain(                 -- a claimant chain as one text, and its members
  id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE chain_member(
  chain INTEGER NOT NULL, ord INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL,
  entity INTEGER, PRIMARY KEY(chain, ord)) WITHOUT ROWID, STRICT;
CREATE INDEX chain_member_entity ON chain_member(entity) WHERE entity IS NOT NULL;

CREATE TABLE claim(                 -- what is needed to find a claim; the rest is in its entry
  id       INTEGER PRIMARY KEY,     -- entry.id
  entity   INTEGER NOT NULL,
  type     INTEGER NOT NULL,        -- word.id, like prop
  prop     INTEGER NOT NULL,
  value    TEXT,                    -- canonical; NULL for quantities and links
  target   INTEGER,                 -- entity.id when the value is a link
  lo INTEGER, hi INTEGER,           -- first and last day of a date value
  position INTEGER NOT NULL,
  chain    INTEGER NOT NULL,
  rset     INTEGER NOT NULL DEFAULT 0,
  state    INTEGER NOT NULL DEFAULT 0, -- 1 retracted, 2 superseded
  valid_lo INTEGER, valid_hi INTEGER
) STRICT;

CREATE TABLE passage(               -- what claims rest on
  claim INTEGER NOT NULL, ord INTEGER NOT NULL, exhibit INTEGER NOT NULL,
  start INTEGER, "end" INTEGER, place TEXT, PRIMARY KEY(claim, ord)) WITHOUT ROWID, STRICT;

CREATE TABLE coding(                -- the rows of tables that claims were entered from
  claim INTEGER PRIMARY KEY, exhibit INTEGER NOT NULL, place TEXT NOT NULL) STRICT;

CREATE TABLE supersession(claim INTEGER PRIMARY KEY, target BLOB NOT NULL) STRICT;
CREATE TABLE retraction(id INTEGER PRIMARY KEY, target BLOB NOT NULL) STRICT;
CREATE INDEX retraction_target ON retraction(target);

CREATE TABLE restriction(           -- labels put on things, by entries of any kind
  id INTEGER NOT NULL,              -- the entry that says so: restrict, capture or claim
  kind TEXT NOT NULL,               -- exhibit, claim: target is a hash; entity: target is a key
  target ANY NOT NULL, label TEXT NOT NULL,
  PRIMARY KEY(kind, target, label, id)) WITHOUT ROWID, STRICT;
CREATE TABLE rset(id INTEGER PRIMARY KEY, labels TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO rset VALUES(0, '');
CREATE TABLE permit(                -- who may see which label, for what purpose
  id INTEGER NOT NULL, user TEXT NOT NULL, label TEXT NOT NULL, purpose TEXT NOT NULL,
  PRIMARY KEY(user, label, purpose, id)) WITHOUT ROWID, STRICT;

CREATE TABLE judgement(
  id      INTEGER PRIMARY KEY,      -- entry.id
  a INTEGER NOT NULL, b INTEGER NOT NULL, -- entity.id, a's key before b's
  verdict TEXT NOT NULL,            -- same, different, unsure
  reason  TEXT NOT NULL,
  state   INTEGER NOT NULL DEFAULT 0 -- 1 undone, 4 a `same` that a `different` holds apart
) STRICT;

CREATE TABLE import(                -- what is needed to find an import; the rest is in its entry
  id      INTEGER PRIMARY KEY,      -- entry.id
  same    BLOB NOT NULL,            -- hash of files, format, mapping, options
  list    TEXT NOT NULL, asof TEXT NOT NULL, lo INTEGER,
  wanted  INTEGER NOT NULL DEFAULT 0, -- settled: its claims belong in the index
  state   INTEGER NOT NULL DEFAULT 0, -- sk_import_state
  note    TEXT
) STRICT;
CREATE TABLE import_file(           -- the files of an import
  import INTEGER NOT NULL, ord INTEGER NOT NULL, exhibit INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY(import, ord)) WITHOUT ROWID, STRICT;
CREATE TABLE derived(               -- the claims that a reader made of an import
  id      INTEGER PRIMARY KEY,      -- entry.id and claim.id
  import  INTEGER NOT NULL,
  record  INTEGER NOT NULL,         -- entity.id of the source's record
  core    INTEGER NOT NULL,         -- hash of what it says, apart from where and when
  frame   INTEGER NOT NULL,         -- word.id: the lines that most claims of the import share
  body    TEXT NOT NULL             -- the other lines
) STRICT;

-- What the machine proposes to claim of the texts, and what people decided of it. Suggestions are
-- computed from texts and lexicon; decisions from signed entries, which name suggestions by hash.
CREATE TABLE suggestion(
  id        INTEGER PRIMARY KEY,
  hash      BLOB NOT NULL UNIQUE,   -- sk_suggestion_identify
  exhibit   INTEGER NOT NULL,
  kind      INTEGER NOT NULL,       -- sk_suggest_kind
  tier      INTEGER NOT NULL,
  rule      INTEGER NOT NULL,       -- word.id, like origin and modality
  origin    INTEGER NOT NULL,
  modality  INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  passage INTEGER NOT NULL, passage_end INTEGER NOT NULL,
  state     INTEGER NOT NULL DEFAULT 0, -- sk_suggest_state
  rset      INTEGER NOT NULL DEFAULT 0,
  body      TEXT NOT NULL           -- subject, proposals, claimants: suggestion.c
) STRICT;
CREATE INDEX suggestion_order ON suggestion(exhibit, start, "end", kind, hash);
CREATE INDEX suggestion_waits ON suggestion(state, exhibit);
CREATE TABLE suggestion_touch(      -- blocks beyond its passage that a suggestion draws on
  suggestion INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  PRIMARY KEY(suggestion, start, "end")) WITHOUT ROWID, STRICT;
CREATE TABLE silence(               -- sentences with an act word of which nothing is proposed
  id INTEGER PRIMARY KEY, exhibit INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, rset INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX silence_exhibit ON silence(exhibit, start);
CREATE TABLE decision(
  id         INTEGER PRIMARY KEY,
  entry      INTEGER NOT NULL,      -- entry.id: a claim or a rejection
  suggestion BLOB NOT NULL,         -- suggestion.hash; there may be no such row (any more)
  verdict    INTEGER NOT NULL,      -- sk_suggest_state
  rule       INTEGER NOT NULL,
  reviewer   TEXT NOT NULL,         -- empty: the owner
  exhibit INTEGER, start INTEGER, "end" INTEGER,
  taken      INTEGER NOT NULL DEFAULT 0, -- 1: its entry was retracted
  settled    INTEGER NOT NULL DEFAULT 0, -- 1: suggestion.state knows of it
  rset       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX decision_suggestion ON decision(suggestion);
CREATE INDEX decision_entry ON decision(entry);
CREATE INDEX decision_unsettled ON decision(suggestion) WHERE settled = 0;
