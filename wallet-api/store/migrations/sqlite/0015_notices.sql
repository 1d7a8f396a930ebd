-- What people are told, in the order in which it came about. No name and no number of a person stands here.
CREATE TABLE notice (
    shard INTEGER NOT NULL,
    number INTEGER NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    relation BLOB NOT NULL CHECK (length(relation) = 16),
    amount INTEGER,
    institution TEXT,
    PRIMARY KEY (shard, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX notice_of_owner ON notice (shard, owner, number);

-- The number of the last one, and the line of the journal that is looked at next. Whoever tells something locks it, so
-- that numbers become visible in their order. Of what was booked before, nobody is told.
CREATE TABLE notice_end (
    shard INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL,
    journal INTEGER NOT NULL
) STRICT;

INSERT INTO notice_end (shard, last, journal) SELECT shard, 0, max(number) + 1 FROM journal GROUP BY shard;

-- Up to which number somebody has looked.
CREATE TABLE notice_seen (
    shard INTEGER NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    number INTEGER NOT NULL,
    PRIMARY KEY (shard, owner)
) STRICT, WITHOUT ROWID;

-- By which relation a payment draws on an account: the journal does not say who asked.
CREATE TABLE payment_draw (
    shard INTEGER NOT NULL,
    payment BLOB NOT NULL CHECK (length(payment) = 16),
    account BLOB NOT NULL CHECK (length(account) = 16),
    relation BLOB NOT NULL CHECK (length(relation) = 16),
    PRIMARY KEY (shard, payment, account)
) STRICT, WITHOUT ROWID;
