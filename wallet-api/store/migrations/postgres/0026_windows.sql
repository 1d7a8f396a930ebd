-- Keys of the look-up change, who lost an authenticator comes to a window, and small amounts of a day are counted
-- together. Columns marked "sealed" hold SM4-GCM.

-- By which key a digest of an identity number was made; empty: by one without a name.
ALTER TABLE person ADD COLUMN lookup_key TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN lookup_key TEXT NOT NULL DEFAULT '';

-- Who stood at a window because their authenticator is lost, by which document and paper (sealed); holds from
-- `ready_at` on, once a second operator granted it, and until `until`.
CREATE TABLE factor_reset (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    person BYTEA NOT NULL CHECK (octet_length(person) = 16),
    document TEXT NOT NULL,
    paper TEXT NOT NULL,
    asked_by BYTEA NOT NULL CHECK (octet_length(asked_by) = 16),
    asked_at BIGINT NOT NULL,
    granted_by BYTEA CHECK (octet_length(granted_by) = 16),
    granted_at BIGINT,
    ready_at BIGINT,
    until BIGINT NOT NULL,
    ended_at BIGINT,
    ended TEXT,
    PRIMARY KEY (shard, id),
    CHECK (granted_by IS NULL OR granted_by <> asked_by)
);

CREATE UNIQUE INDEX factor_reset_open ON factor_reset (shard, person) WHERE ended_at IS NULL;

-- 身故登记: by which operator and paper (sealed).
CREATE TABLE death_notice (
    shard BIGINT NOT NULL,
    person BYTEA NOT NULL CHECK (octet_length(person) = 16),
    operator BYTEA NOT NULL CHECK (octet_length(operator) = 16),
    paper TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (shard, person)
);

-- What somebody moved on a day of China without a code, and which requests that were.
CREATE TABLE uncoded_day (
    shard BIGINT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    day BIGINT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (shard, owner, day)
);

CREATE TABLE uncoded_request (
    shard BIGINT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    request BYTEA NOT NULL CHECK (octet_length(request) = 32),
    day BIGINT NOT NULL,
    PRIMARY KEY (shard, owner, request)
);

-- What was over long enough ago is looked for among what is over.
CREATE INDEX relation_ended ON relation (shard, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX invitation_not_accepted ON invitation (shard, until) WHERE state <> 1;
CREATE INDEX gift_of_relation ON gift (shard, relation);
