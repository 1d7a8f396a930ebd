-- Keys of the look-up change, who lost an authenticator comes to a window, and small amounts of a day are counted
-- together. Columns marked "sealed" hold SM4-GCM.

-- By which key a digest of an identity number was made; empty: by one without a name.
ALTER TABLE person ADD COLUMN lookup_key TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN lookup_key TEXT NOT NULL DEFAULT '';

-- Who stood at a window because their authenticator is lost, by which document and paper (sealed); holds from
-- `ready_at` on, once a second operator granted it, and until `until`.
CREATE TABLE factor_reset (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    person BLOB NOT NULL CHECK (length(person) = 16),
    document TEXT NOT NULL,
    paper TEXT NOT NULL,
    asked_by BLOB NOT NULL CHECK (length(asked_by) = 16),
    asked_at INTEGER NOT NULL,
    granted_by BLOB CHECK (length(granted_by) = 16),
    granted_at INTEGER,
    ready_at INTEGER,
    until INTEGER NOT NULL,
    ended_at INTEGER,
    ended TEXT,
    PRIMARY KEY (shard, id),
    CHECK (granted_by IS NULL OR granted_by <> asked_by)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX factor_reset_open ON factor_reset (shard, person) WHERE ended_at IS NULL;

-- 身故登记: by which operator and paper (sealed).
CREATE TABLE death_notice (
    shard INTEGER NOT NULL,
    person BLOB NOT NULL CHECK (length(person) = 16),
    operator BLOB NOT NULL CHECK (length(operator) = 16),
    paper TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (shard, person)
) STRICT, WITHOUT ROWID;

-- What somebody moved on a day of China without a code, and which requests that were.
CREATE TABLE uncoded_day (
    shard INTEGER NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (shard, owner, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE uncoded_request (
    shard INTEGER NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    request BLOB NOT NULL CHECK (length(request) = 32),
    day INTEGER NOT NULL,
    PRIMARY KEY (shard, owner, request)
) STRICT, WITHOUT ROWID;

-- What was over long enough ago is looked for among what is over.
CREATE INDEX relation_ended ON relation (shard, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX invitation_not_accepted ON invitation (shard, until) WHERE state <> 1;
CREATE INDEX gift_of_relation ON gift (shard, relation);
