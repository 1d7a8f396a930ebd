-- Settling a bill: who treats, how a patient is insured, what the year has used up, orders, and payment codes. Names,
-- numbers and addresses of people stand nowhere.

-- 定点医药机构: what of an institution decides a settlement.
CREATE TABLE provider (
    shard BIGINT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    code TEXT NOT NULL,
    area TEXT NOT NULL,
    level TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (shard, owner)
);

CREATE UNIQUE INDEX provider_by_code ON provider (shard, code);

-- How somebody is insured, as far as more than the area and the kind of cover decide it.
CREATE TABLE insured (
    shard BIGINT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    body TEXT NOT NULL,
    PRIMARY KEY (shard, owner)
);

-- 年度累计: changed together with the order that changes it, and only from the version that was read.
CREATE TABLE benefit_year (
    shard BIGINT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    year BIGINT NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    body TEXT NOT NULL,
    PRIMARY KEY (shard, owner, year)
);

-- Without a patient it is only a mark: the order was reversed before it came.
CREATE TABLE pay_order (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    institution BYTEA NOT NULL CHECK (octet_length(institution) = 16),
    patient BYTEA CHECK (octet_length(patient) = 16),
    state BIGINT NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, id)
);

CREATE INDEX pay_order_of_patient ON pay_order (shard, patient, made_at);
CREATE INDEX pay_order_of_institution ON pay_order (shard, institution, made_at);

-- Codes and tokens by keyed digests; they themselves are nowhere.
CREATE TABLE pay_code (
    shard BIGINT NOT NULL,
    digest BYTEA NOT NULL CHECK (octet_length(digest) = 32),
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    agent BYTEA CHECK (octet_length(agent) = 16),
    made_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    -- Of the request that burnt it.
    burnt BYTEA CHECK (octet_length(burnt) = 32),
    PRIMARY KEY (shard, digest)
);

CREATE INDEX pay_code_of_owner ON pay_code (shard, owner, until);

CREATE TABLE pay_token (
    shard BIGINT NOT NULL,
    digest BYTEA NOT NULL CHECK (octet_length(digest) = 32),
    patient BYTEA NOT NULL CHECK (octet_length(patient) = 16),
    institution BYTEA NOT NULL CHECK (octet_length(institution) = 16),
    until BIGINT NOT NULL,
    -- What it is bound to beside the institution.
    body TEXT NOT NULL,
    -- The order that it was spent on.
    spent BYTEA CHECK (octet_length(spent) = 16),
    PRIMARY KEY (shard, digest)
);
