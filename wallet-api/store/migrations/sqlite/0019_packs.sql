-- Packs of drugs by their 药品追溯码, and what one program may not keep to itself: guesses of codes, and the payments of
-- a demonstration.

-- A pack is sold up to its content. One that came back waits until somebody looked at it (待核).
CREATE TABLE drug_pack (
    shard INTEGER NOT NULL,
    trace TEXT NOT NULL CHECK (length(trace) BETWEEN 8 AND 100),
    drug TEXT NOT NULL,
    content INTEGER NOT NULL CHECK (content > 0),
    sold INTEGER NOT NULL CHECK (sold BETWEEN 0 AND content),
    held_back INTEGER,
    PRIMARY KEY (shard, trace)
) STRICT, WITHOUT ROWID;

CREATE TABLE drug_use (
    shard INTEGER NOT NULL,
    trace TEXT NOT NULL,
    sale BLOB NOT NULL CHECK (length(sale) = 16),
    institution BLOB NOT NULL CHECK (length(institution) = 16),
    units INTEGER NOT NULL CHECK (units > 0),
    at INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (shard, trace, sale)
) STRICT, WITHOUT ROWID;

CREATE INDEX drug_use_of_sale ON drug_use (shard, sale);

-- Codes that were none, by who sent them.
CREATE TABLE pay_guess (
    shard INTEGER NOT NULL,
    who BLOB NOT NULL CHECK (length(who) = 16),
    count INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (shard, who)
) STRICT, WITHOUT ROWID;

-- What became of a payment of a demonstration.
CREATE TABLE demo_charge (
    shard INTEGER NOT NULL,
    charge BLOB NOT NULL CHECK (length(charge) = 16),
    paid INTEGER NOT NULL,
    PRIMARY KEY (shard, charge)
) STRICT, WITHOUT ROWID;

-- What of a line is asked about its packs.
ALTER TABLE nhsa_fee ADD COLUMN drug TEXT;

-- Until when a bill may be settled by the identification.
ALTER TABLE nhsa_seen ADD COLUMN settles_until INTEGER NOT NULL DEFAULT 0;
