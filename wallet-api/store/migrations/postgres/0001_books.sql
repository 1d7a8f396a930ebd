-- Every key begins with the shard. Ids are 16 bytes, instants microseconds since 1970, amounts fen.

CREATE TABLE journal_end (
    shard BIGINT NOT NULL PRIMARY KEY,
    last_at BIGINT NOT NULL,
    peaks BYTEA NOT NULL
);

CREATE TABLE account (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    kind BIGINT NOT NULL,
    posted BIGINT NOT NULL,
    held BIGINT NOT NULL CHECK (held >= 0),
    body BYTEA NOT NULL,
    PRIMARY KEY (shard, id)
);

CREATE INDEX account_of_owner ON account (shard, owner);

CREATE TABLE hold (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    until BIGINT NOT NULL,
    pending BIGINT NOT NULL CHECK (pending IN (0, 1)),
    body BYTEA NOT NULL,
    PRIMARY KEY (shard, id)
);

CREATE INDEX hold_due ON hold (shard, until) WHERE pending = 1;

CREATE TABLE transfer (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    body BYTEA NOT NULL,
    PRIMARY KEY (shard, id)
);

CREATE TABLE journal (
    shard BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    leaf BYTEA NOT NULL CHECK (octet_length(leaf) = 32),
    PRIMARY KEY (shard, number)
);

CREATE TABLE journal_node (
    shard BIGINT NOT NULL,
    level BIGINT NOT NULL,
    place BIGINT NOT NULL,
    hash BYTEA NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (shard, level, place)
);

CREATE TABLE journal_mention (
    shard BIGINT NOT NULL,
    account BYTEA NOT NULL CHECK (octet_length(account) = 16),
    number BIGINT NOT NULL,
    PRIMARY KEY (shard, account, number)
);

CREATE TABLE request (
    shard BIGINT NOT NULL,
    tenant BIGINT NOT NULL,
    operation BIGINT NOT NULL,
    name TEXT NOT NULL,
    body BYTEA NOT NULL CHECK (octet_length(body) = 32),
    outcome BIGINT NOT NULL,
    PRIMARY KEY (shard, tenant, operation, name)
);

-- Where a COMMIT's answer was lost, this says whether it was carried out.
CREATE TABLE batch (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    lines BIGINT NOT NULL,
    PRIMARY KEY (shard, id)
);

-- The journal is only ever added to.
CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is only ever added to';
END
$$;

CREATE TRIGGER journal_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
