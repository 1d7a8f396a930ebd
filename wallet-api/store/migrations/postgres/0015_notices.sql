-- What people are told, in the order in which it came about. No name and no number of a person stands here.
CREATE TABLE notice (
    shard BIGINT NOT NULL,
    number BIGINT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    relation BYTEA NOT NULL CHECK (octet_length(relation) = 16),
    amount BIGINT,
    institution TEXT,
    PRIMARY KEY (shard, number)
);

CREATE INDEX notice_of_owner ON notice (shard, owner, number);

-- The number of the last one, and the line of the journal that is looked at next. Whoever tells something locks it, so
-- that numbers become visible in their order. Of what was booked before, nobody is told.
CREATE TABLE notice_end (
    shard BIGINT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL,
    journal BIGINT NOT NULL
);

INSERT INTO notice_end (shard, last, journal) SELECT shard, 0, max(number) + 1 FROM journal GROUP BY shard;

-- Up to which number somebody has looked.
CREATE TABLE notice_seen (
    shard BIGINT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    number BIGINT NOT NULL,
    PRIMARY KEY (shard, owner)
);

-- By which relation a payment draws on an account: the journal does not say who asked.
CREATE TABLE payment_draw (
    shard BIGINT NOT NULL,
    payment BYTEA NOT NULL CHECK (octet_length(payment) = 16),
    account BYTEA NOT NULL CHECK (octet_length(account) = 16),
    relation BYTEA NOT NULL CHECK (octet_length(relation) = 16),
    PRIMARY KEY (shard, payment, account)
);
