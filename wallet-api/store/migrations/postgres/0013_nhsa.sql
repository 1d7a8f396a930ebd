-- What hospitals and pharmacies sent by the national settlement interface, and what came of it.

-- A code of the interface and whose accounts it stands for. From `suspended_from` on nothing new is taken of it.
CREATE TABLE nhsa_institution (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL CHECK (length(code) = 12),
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    name TEXT NOT NULL,
    suspended_from BIGINT,
    PRIMARY KEY (shard, code)
);

-- SM2 public keys (a point, not compressed). Several may hold at once while one takes the place of another.
CREATE TABLE nhsa_key (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    point BYTEA NOT NULL CHECK (octet_length(point) = 65),
    valid_from BIGINT NOT NULL,
    valid_until BIGINT NOT NULL,
    PRIMARY KEY (shard, code, point)
);

-- Every message by its number, with the digest of what it said. The answer is there as soon as it was given.
CREATE TABLE nhsa_message (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    msgid TEXT NOT NULL,
    infno TEXT NOT NULL,
    digest BYTEA NOT NULL CHECK (octet_length(digest) = 32),
    reply TEXT NOT NULL,
    at BIGINT NOT NULL,
    answer BYTEA,
    PRIMARY KEY (shard, code, msgid)
);

CREATE INDEX nhsa_message_by_time ON nhsa_message (shard, at);

-- The last number that a sender gave within a second.
CREATE TABLE nhsa_sequence (
    shard BIGINT NOT NULL,
    sender TEXT NOT NULL,
    second BIGINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (shard, sender)
);

CREATE TABLE nhsa_signing (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    sign_no TEXT NOT NULL,
    opter TEXT NOT NULL,
    day TEXT NOT NULL,
    at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (shard, code, sign_no)
);

CREATE UNIQUE INDEX nhsa_signing_open ON nhsa_signing (shard, code, opter, day) WHERE ended_at IS NULL;

-- Who was identified at an institution, and until when it may act for them by their number.
CREATE TABLE nhsa_seen (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    psn_no TEXT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    until BIGINT NOT NULL,
    PRIMARY KEY (shard, code, psn_no)
);

CREATE TABLE nhsa_visit (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    mdtrt_id TEXT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    state BIGINT NOT NULL,
    msgid TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, code, mdtrt_id)
);

-- Lines of a bill in fen. A line that was settled names its settlement.
CREATE TABLE nhsa_fee (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    mdtrt_id TEXT NOT NULL,
    sn TEXT NOT NULL,
    batch TEXT NOT NULL,
    msgid TEXT NOT NULL,
    setl_id TEXT,
    total BIGINT NOT NULL,
    own BIGINT NOT NULL,
    over BIGINT NOT NULL,
    pre BIGINT NOT NULL,
    scope BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, code, mdtrt_id, sn),
    CHECK (total = own + over + pre + scope)
);

-- A settlement, and as a row of its own what took it back.
CREATE TABLE nhsa_settlement (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    setl_id TEXT NOT NULL,
    mdtrt_id TEXT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    msgid TEXT NOT NULL,
    at BIGINT NOT NULL,
    day TEXT NOT NULL,
    insutype TEXT NOT NULL,
    clr_type TEXT NOT NULL,
    refund_of TEXT,
    total BIGINT NOT NULL,
    fund BIGINT NOT NULL,
    acct BIGINT NOT NULL,
    cash BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, code, setl_id)
);

CREATE INDEX nhsa_settlement_by_day ON nhsa_settlement (shard, code, day);
CREATE UNIQUE INDEX nhsa_settlement_back_once ON nhsa_settlement (shard, code, refund_of) WHERE refund_of IS NOT NULL;

-- Messages that were taken back, also before they came.
CREATE TABLE nhsa_reversed (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    omsgid TEXT NOT NULL,
    oinfno TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (shard, code, omsgid)
);

CREATE TABLE nhsa_file (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    file_qury_no TEXT NOT NULL,
    filename TEXT NOT NULL,
    body BYTEA NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (shard, code, file_qury_no)
);
