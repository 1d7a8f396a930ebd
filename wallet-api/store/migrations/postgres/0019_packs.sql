-- Packs of drugs by their 药品追溯码, and what one program may not keep to itself: guesses of codes, and the payments of
-- a demonstration.

-- A pack is sold up to its content. One that came back waits until somebody looked at it (待核).
CREATE TABLE drug_pack (
    shard BIGINT NOT NULL,
    trace TEXT NOT NULL CHECK (length(trace) BETWEEN 8 AND 100),
    drug TEXT NOT NULL,
    content BIGINT NOT NULL CHECK (content > 0),
    sold BIGINT NOT NULL CHECK (sold BETWEEN 0 AND content),
    held_back BIGINT,
    PRIMARY KEY (shard, trace)
);

CREATE TABLE drug_use (
    shard BIGINT NOT NULL,
    trace TEXT NOT NULL,
    sale BYTEA NOT NULL CHECK (octet_length(sale) = 16),
    institution BYTEA NOT NULL CHECK (octet_length(institution) = 16),
    units BIGINT NOT NULL CHECK (units > 0),
    at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (shard, trace, sale)
);

CREATE INDEX drug_use_of_sale ON drug_use (shard, sale);

-- Codes that were none, by who sent them.
CREATE TABLE pay_guess (
    shard BIGINT NOT NULL,
    who BYTEA NOT NULL CHECK (octet_length(who) = 16),
    count BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (shard, who)
);

-- What became of a payment of a demonstration.
CREATE TABLE demo_charge (
    shard BIGINT NOT NULL,
    charge BYTEA NOT NULL CHECK (octet_length(charge) = 16),
    paid BIGINT NOT NULL,
    PRIMARY KEY (shard, charge)
);

-- What of a line is asked about its packs.
ALTER TABLE nhsa_fee ADD COLUMN drug TEXT;

-- Until when a bill may be settled by the identification.
ALTER TABLE nhsa_seen ADD COLUMN settles_until BIGINT NOT NULL DEFAULT 0;
