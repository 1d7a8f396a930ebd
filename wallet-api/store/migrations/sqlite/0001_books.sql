-- Every key begins with the shard. Ids are 16 bytes, instants microseconds since 1970, amounts fen.

CREATE TABLE journal_end (
    shard INTEGER NOT NULL PRIMARY KEY,
    last_at INTEGER NOT NULL,
    peaks BLOB NOT NULL
) STRICT;

CREATE TABLE account (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    kind INTEGER NOT NULL,
    posted INTEGER NOT NULL,
    held INTEGER NOT NULL CHECK (held >= 0),
    body BLOB NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX account_of_owner ON account (shard, owner);

CREATE TABLE hold (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    until INTEGER NOT NULL,
    pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
    body BLOB NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX hold_due ON hold (shard, until) WHERE pending = 1;

CREATE TABLE transfer (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    body BLOB NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    shard INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    leaf BLOB NOT NULL CHECK (length(leaf) = 32),
    PRIMARY KEY (shard, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_node (
    shard INTEGER NOT NULL,
    level INTEGER NOT NULL,
    place INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (shard, level, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_mention (
    shard INTEGER NOT NULL,
    account BLOB NOT NULL CHECK (length(account) = 16),
    number INTEGER NOT NULL,
    PRIMARY KEY (shard, account, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE request (
    shard INTEGER NOT NULL,
    tenant INTEGER NOT NULL,
    operation INTEGER NOT NULL,
    name TEXT NOT NULL,
    body BLOB NOT NULL CHECK (length(body) = 32),
    outcome INTEGER NOT NULL,
    PRIMARY KEY (shard, tenant, operation, name)
) STRICT, WITHOUT ROWID;

-- Where a COMMIT's answer was lost, this says whether it was carried out.
CREATE TABLE batch (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    lines INTEGER NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;

-- The journal is only ever added to.
CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is not changed');
END;

CREATE TRIGGER journal_is_not_cut BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is not cut');
END;
