-- What hospitals and pharmacies sent by the national settlement interface, and what came of it.

-- A code of the interface and whose accounts it stands for. From `suspended_from` on nothing new is taken of it.
CREATE TABLE nhsa_institution (
    shard INTEGER NOT NULL,
    code TEXT NOT NULL CHECK (length(code) = 12),
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    name TEXT NOT NULL,
    suspended_from INTEGER,
    PRIMARY KEY (shard, code)
) STRICT, WITHOUT ROWID;

-- SM2 public keys (a point, not compressed). Several may hold at once while one takes the place of another.
CREATE TABLE nhsa_key (
    shard INTEGER NOT NULL,
    code TEXT NOT NULL,
    point BLOB NOT NULL CHECK (length(point) = 65),
    valid_from INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    PRIMARY KEY (shard, code, point)
) STRICT, WITHOUT ROWID;

-- Every message by its number, with the digest of what it said. The answer is there as soon as it was given.
CREATE TABLE nhsa_message (
    shard INTEGER NOT NULL,
    code TEXT NOT NULL,
    msgid TEXT NOT NULL,
    infno TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    reply TEXT NOT NULL,
    at INTEGER NOT NULL,
    answer BLOB,
    PRIMARY KEY (shard, code, msgid)
) STRICT, WITHOUT ROWID;

CREATE INDEX nhsa_message_by_time ON nhsa_message (shard, at);

-- The last number that a sender gave within a second.
CREATE TABLE nhsa_sequence (
    shard INTEGER NOT NULL,
    sender TEXT NOT NULL,
    second INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (shard, sender)
) STRICT, WITHOUT ROWID;

CREATE TABLE nhsa_signing (
    shard INTEGER NOT NULL,
    code TEXT NOT NULL,
    sign_no TEXT NOT NULL,
    opter TEXT NOT NULL,
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (shard, code, sign_no)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX nhsa_signing_open ON nhsa_signing (shard, code, opter, day) WHERE ended_at IS NULL;

-- Who was identified at an institution, and until when it may act for them by their number.
CREATE TABLE nhsa_seen (
    shard INTEGER NOT NULL,
    code TEXT NOT NULL,
    psn_no TEXT NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    until INTEGER NOT NULL,
    PRIMARY KEY (shard, code, psn_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE nhsa_visit (
    shard INTEGER NOT NULL,
    code TEXT NOT NULL,
    mdtrt_id TEXT NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    state INTEGER NOT NULL,
    msgid TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, code, mdtrt_id)
) STRICT, WITHOUT ROWID;

-- Lines of a bill in fen. A line that was settled names its settlement.
CREATE TABLE nhsa_fee (
    shard INTEGER NOT NULL,
    code TEXT NOT NULL,
    mdtrt_id TEXT NOT NULL,
    sn TEXT NOT NULL,
    batch TEXT NOT NULL,
    msgid TEXT NOT NULL,
    setl_id TEXT,
    total INTEGER NOT NULL,
    own INTEGER NOT NULL,
    over INTEGER NOT NULL,
    pre INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, code, mdtrt_id, sn),
    CHECK (total = own + over + pre + scope)
) STRICT, WITHOUT ROWID;

-- A settlement, and as a row of its own what took it back.
CREATE TABLE nhsa_settlement (
    shard INTEGER NOT NULL,
    code TEXT NOT NULL,
    setl_id TEXT NOT NULL,
    mdtrt_id TEXT NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    msgid TEXT NOT NULL,
    at INTEGER NOT NULL,
    day TEXT NOT NULL,
    insutype TEXT NOT NULL,
    clr_type TEXT NOT NULL,
    refund_of TEXT,
    total INTEGER NOT NULL,
    fund INTEGER NOT NULL,
    acct INTEGER NOT NULL,
    cash INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, code, setl_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX nhsa_settlement_by_day ON nhsa_settlement (shard, code, day);
CREATE UNIQUE INDEX nhsa_settlement_back_once ON nhsa_settlement (shard, code, refund_of) WHERE refund_of IS NOT NULL;

-- Messages that were taken back, also before they came.
CREATE TABLE nhsa_reversed (
    shard INTEGER NOT NULL,
    code TEXT NOT NULL,
    omsgid TEXT NOT NULL,
    oinfno TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (shard, code, omsgid)
) STRICT, WITHOUT ROWID;

CREATE TABLE nhsa_file (
    shard INTEGER NOT NULL,
    code TEXT NOT NULL,
    file_qury_no TEXT NOT NULL,
    filename TEXT NOT NULL,
    body BLOB NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (shard, code, file_qury_no)
) STRICT, WITHOUT ROWID;
