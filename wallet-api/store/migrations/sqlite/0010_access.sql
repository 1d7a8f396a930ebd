-- Who may ask, as far as this program knows them itself, and what two people have to agree on.
-- No table here has a name, a number or an address of a person.

CREATE TABLE login (
    shard INTEGER NOT NULL,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    subject BLOB NOT NULL CHECK (length(subject) = 16),
    role TEXT NOT NULL,
    acts_for BLOB CHECK (length(acts_for) = 16),
    PRIMARY KEY (shard, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    subject BLOB NOT NULL CHECK (length(subject) = 16),
    role TEXT NOT NULL,
    acts_for BLOB CHECK (length(acts_for) = 16),
    until INTEGER NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;

-- Refresh tokens by their digest; the tokens themselves are nowhere.
CREATE TABLE refresh (
    shard INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    session BLOB NOT NULL CHECK (length(session) = 16),
    used INTEGER NOT NULL CHECK (used IN (0, 1)),
    PRIMARY KEY (shard, digest)
) STRICT, WITHOUT ROWID;

-- Sessions and single tokens that no longer count, until they would have run out anyway.
CREATE TABLE revoked (
    shard INTEGER NOT NULL,
    name TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (shard, name)
) STRICT, WITHOUT ROWID;

-- Public names of hospitals and pharmacies.
CREATE TABLE institution (
    shard INTEGER NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    name TEXT NOT NULL,
    PRIMARY KEY (shard, owner)
) STRICT, WITHOUT ROWID;

-- One person asks for a correction, another decides.
CREATE TABLE correction (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    transfer BLOB NOT NULL CHECK (length(transfer) = 16),
    reason INTEGER NOT NULL,
    asked_by BLOB NOT NULL CHECK (length(asked_by) = 16),
    asked_at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    decided_by BLOB CHECK (length(decided_by) = 16),
    decided_at INTEGER,
    PRIMARY KEY (shard, id),
    CHECK (decided_by IS NULL OR decided_by <> asked_by)
) STRICT, WITHOUT ROWID;
