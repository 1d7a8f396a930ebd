-- Bills that wait for whoever scans their code, and prescriptions with what pharmacists said of them.

-- A bill of a counter. Its number is kept by a keyed digest; who scanned it is its owner.
CREATE TABLE pay_offer (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    digest BYTEA NOT NULL CHECK (octet_length(digest) = 32),
    institution BYTEA NOT NULL CHECK (octet_length(institution) = 16),
    counter TEXT,
    made_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    owner BYTEA CHECK (octet_length(owner) = 16),
    open_until BIGINT,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, id),
    CHECK ((owner IS NULL) = (open_until IS NULL))
);

CREATE UNIQUE INDEX pay_offer_by_number ON pay_offer (shard, digest);
CREATE INDEX pay_offer_of_counter ON pay_offer (shard, institution, counter, made_at);

-- 医师和药师: whom the area knows to work where.
CREATE TABLE practitioner (
    shard BIGINT NOT NULL,
    person BYTEA NOT NULL CHECK (octet_length(person) = 16),
    institution BYTEA NOT NULL CHECK (octet_length(institution) = 16),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (shard, person)
);

-- 电子处方. `sale` is the one order that it was dispensed by.
CREATE TABLE rx (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    patient BYTEA NOT NULL CHECK (octet_length(patient) = 16),
    made_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    sale BYTEA CHECK (octet_length(sale) = 16),
    body TEXT NOT NULL,
    PRIMARY KEY (shard, id)
);

CREATE INDEX rx_of_patient ON rx (shard, patient, until);
CREATE INDEX rx_of_sale ON rx (shard, sale);

-- 审方: asked by who sells, decided once by a pharmacist who is somebody else.
CREATE TABLE rx_review (
    shard BIGINT NOT NULL,
    rx BYTEA NOT NULL CHECK (octet_length(rx) = 16),
    institution BYTEA NOT NULL CHECK (octet_length(institution) = 16),
    asked_by BYTEA NOT NULL CHECK (octet_length(asked_by) = 16),
    asked_at BIGINT NOT NULL,
    passed BIGINT CHECK (passed IN (0, 1)),
    decided_by BYTEA CHECK (octet_length(decided_by) = 16),
    decided_at BIGINT,
    reason TEXT,
    PRIMARY KEY (shard, rx, institution),
    CHECK ((passed IS NULL) = (decided_by IS NULL)),
    CHECK ((passed IS NULL) = (decided_at IS NULL)),
    CHECK (decided_by IS NULL OR decided_by <> asked_by)
);

CREATE INDEX rx_review_of_institution ON rx_review (shard, institution, asked_at);
