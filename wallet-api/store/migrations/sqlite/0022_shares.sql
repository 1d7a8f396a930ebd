-- Sharing across areas: who is shared with from where, which of our relations were told where their taker is insured,
-- and orders that wait for other areas.

-- Told by the area of who shares. The person is a keyed digest of the identity number.
CREATE TABLE shared_from (
    shard INTEGER NOT NULL,
    person BLOB NOT NULL CHECK (length(person) = 32),
    area INTEGER NOT NULL,
    relation BLOB NOT NULL CHECK (length(relation) = 16),
    ended INTEGER NOT NULL CHECK (ended IN (0, 1)),
    PRIMARY KEY (shard, person, area, relation)
) STRICT, WITHOUT ROWID;

CREATE TABLE share_told (
    shard INTEGER NOT NULL,
    relation BLOB NOT NULL CHECK (length(relation) = 16),
    ended INTEGER NOT NULL CHECK (ended IN (0, 1)),
    PRIMARY KEY (shard, relation)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_waiting (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    since INTEGER NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;
