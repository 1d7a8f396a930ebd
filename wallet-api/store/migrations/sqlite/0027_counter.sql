-- Bills that wait for whoever scans their code, and prescriptions with what pharmacists said of them.

-- A bill of a counter. Its number is kept by a keyed digest; who scanned it is its owner.
CREATE TABLE pay_offer (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    institution BLOB NOT NULL CHECK (length(institution) = 16),
    counter TEXT,
    made_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    owner BLOB CHECK (length(owner) = 16),
    open_until INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, id),
    CHECK ((owner IS NULL) = (open_until IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX pay_offer_by_number ON pay_offer (shard, digest);
CREATE INDEX pay_offer_of_counter ON pay_offer (shard, institution, counter, made_at);

-- 医师和药师: whom the area knows to work where.
CREATE TABLE practitioner (
    shard INTEGER NOT NULL,
    person BLOB NOT NULL CHECK (length(person) = 16),
    institution BLOB NOT NULL CHECK (length(institution) = 16),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (shard, person)
) STRICT, WITHOUT ROWID;

-- 电子处方. `sale` is the one order that it was dispensed by.
CREATE TABLE rx (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    patient BLOB NOT NULL CHECK (length(patient) = 16),
    made_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    sale BLOB CHECK (length(sale) = 16),
    body TEXT NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX rx_of_patient ON rx (shard, patient, until);
CREATE INDEX rx_of_sale ON rx (shard, sale);

-- 审方: asked by who sells, decided once by a pharmacist who is somebody else.
CREATE TABLE rx_review (
    shard INTEGER NOT NULL,
    rx BLOB NOT NULL CHECK (length(rx) = 16),
    institution BLOB NOT NULL CHECK (length(institution) = 16),
    asked_by BLOB NOT NULL CHECK (length(asked_by) = 16),
    asked_at INTEGER NOT NULL,
    passed INTEGER CHECK (passed IN (0, 1)),
    decided_by BLOB CHECK (length(decided_by) = 16),
    decided_at INTEGER,
    reason TEXT,
    PRIMARY KEY (shard, rx, institution),
    CHECK ((passed IS NULL) = (decided_by IS NULL)),
    CHECK ((passed IS NULL) = (decided_at IS NULL)),
    CHECK (decided_by IS NULL OR decided_by <> asked_by)
) STRICT, WITHOUT ROWID;

CREATE INDEX rx_review_of_institution ON rx_review (shard, institution, asked_at);
