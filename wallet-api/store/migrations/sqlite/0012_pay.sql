-- Settling a bill: who treats, how a patient is insured, what the year has used up, orders, and payment codes. Names,
-- numbers and addresses of people stand nowhere.

-- 定点医药机构: what of an institution decides a settlement.
CREATE TABLE provider (
    shard INTEGER NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    code TEXT NOT NULL,
    area TEXT NOT NULL,
    level TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (shard, owner)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX provider_by_code ON provider (shard, code);

-- How somebody is insured, as far as more than the area and the kind of cover decide it.
CREATE TABLE insured (
    shard INTEGER NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    body TEXT NOT NULL,
    PRIMARY KEY (shard, owner)
) STRICT, WITHOUT ROWID;

-- 年度累计: changed together with the order that changes it, and only from the version that was read.
CREATE TABLE benefit_year (
    shard INTEGER NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    year INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    body TEXT NOT NULL,
    PRIMARY KEY (shard, owner, year)
) STRICT, WITHOUT ROWID;

-- Without a patient it is only a mark: the order was reversed before it came.
CREATE TABLE pay_order (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    institution BLOB NOT NULL CHECK (length(institution) = 16),
    patient BLOB CHECK (length(patient) = 16),
    state INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX pay_order_of_patient ON pay_order (shard, patient, made_at);
CREATE INDEX pay_order_of_institution ON pay_order (shard, institution, made_at);

-- Codes and tokens by keyed digests; they themselves are nowhere.
CREATE TABLE pay_code (
    shard INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    agent BLOB CHECK (length(agent) = 16),
    made_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    -- Of the request that burnt it.
    burnt BLOB CHECK (length(burnt) = 32),
    PRIMARY KEY (shard, digest)
) STRICT, WITHOUT ROWID;

CREATE INDEX pay_code_of_owner ON pay_code (shard, owner, until);

CREATE TABLE pay_token (
    shard INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    patient BLOB NOT NULL CHECK (length(patient) = 16),
    institution BLOB NOT NULL CHECK (length(institution) = 16),
    until INTEGER NOT NULL,
    -- What it is bound to beside the institution.
    body TEXT NOT NULL,
    -- The order that it was spent on.
    spent BLOB CHECK (length(spent) = 16),
    PRIMARY KEY (shard, digest)
) STRICT, WITHOUT ROWID;
