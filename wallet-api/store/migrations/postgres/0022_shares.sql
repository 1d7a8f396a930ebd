-- Sharing across areas: who is shared with from where, which of our relations were told where their taker is insured,
-- and orders that wait for other areas.

-- Told by the area of who shares. The person is a keyed digest of the identity number.
CREATE TABLE shared_from (
    shard BIGINT NOT NULL,
    person BYTEA NOT NULL CHECK (octet_length(person) = 32),
    area BIGINT NOT NULL,
    relation BYTEA NOT NULL CHECK (octet_length(relation) = 16),
    ended BIGINT NOT NULL CHECK (ended IN (0, 1)),
    PRIMARY KEY (shard, person, area, relation)
);

CREATE TABLE share_told (
    shard BIGINT NOT NULL,
    relation BYTEA NOT NULL CHECK (octet_length(relation) = 16),
    ended BIGINT NOT NULL CHECK (ended IN (0, 1)),
    PRIMARY KEY (shard, relation)
);

CREATE TABLE order_waiting (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    since BIGINT NOT NULL,
    PRIMARY KEY (shard, id)
);
