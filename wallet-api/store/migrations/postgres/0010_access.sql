-- Who may ask, as far as this program knows them itself, and what two people have to agree on.
-- No table here has a name, a number or an address of a person.

CREATE TABLE login (
    shard BIGINT NOT NULL,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    subject BYTEA NOT NULL CHECK (octet_length(subject) = 16),
    role TEXT NOT NULL,
    acts_for BYTEA CHECK (octet_length(acts_for) = 16),
    PRIMARY KEY (shard, name)
);

CREATE TABLE session (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    subject BYTEA NOT NULL CHECK (octet_length(subject) = 16),
    role TEXT NOT NULL,
    acts_for BYTEA CHECK (octet_length(acts_for) = 16),
    until BIGINT NOT NULL,
    PRIMARY KEY (shard, id)
);

-- Refresh tokens by their digest; the tokens themselves are nowhere.
CREATE TABLE refresh (
    shard BIGINT NOT NULL,
    digest BYTEA NOT NULL CHECK (octet_length(digest) = 32),
    session BYTEA NOT NULL CHECK (octet_length(session) = 16),
    used BIGINT NOT NULL CHECK (used IN (0, 1)),
    PRIMARY KEY (shard, digest)
);

-- Sessions and single tokens that no longer count, until they would have run out anyway.
CREATE TABLE revoked (
    shard BIGINT NOT NULL,
    name TEXT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (shard, name)
);

-- Public names of hospitals and pharmacies.
CREATE TABLE institution (
    shard BIGINT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    name TEXT NOT NULL,
    PRIMARY KEY (shard, owner)
);

-- One person asks for a correction, another decides.
CREATE TABLE correction (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    transfer BYTEA NOT NULL CHECK (octet_length(transfer) = 16),
    reason BIGINT NOT NULL,
    asked_by BYTEA NOT NULL CHECK (octet_length(asked_by) = 16),
    asked_at BIGINT NOT NULL,
    state BIGINT NOT NULL,
    decided_by BYTEA CHECK (octet_length(decided_by) = 16),
    decided_at BIGINT,
    PRIMARY KEY (shard, id),
    CHECK (decided_by IS NULL OR decided_by <> asked_by)
);
