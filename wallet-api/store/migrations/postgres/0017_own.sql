-- What people decide for themselves, and what is done for those who cannot. Columns marked "sealed" hold SM4-GCM.

-- 动态验证码: the secret that an authenticator shares with us (sealed), one that was offered and not confirmed yet
-- (sealed), the last step of which a code was taken with the request that took it, and attempts since when.
CREATE TABLE second_factor (
    shard BIGINT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    secret TEXT,
    offered TEXT,
    step BIGINT NOT NULL,
    spent BYTEA CHECK (octet_length(spent) = 32),
    tries BIGINT NOT NULL,
    tries_until BIGINT NOT NULL,
    PRIMARY KEY (shard, owner)
);

-- What one side calls the other (sealed).
CREATE TABLE nickname (
    shard BIGINT NOT NULL,
    relation BYTEA NOT NULL CHECK (octet_length(relation) = 16),
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    name TEXT NOT NULL,
    PRIMARY KEY (shard, relation, owner)
);

-- Whose money is drawn first; every change stays on record.
ALTER TABLE relation ADD COLUMN priority BIGINT NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 255);

CREATE TABLE priority_change (
    shard BIGINT NOT NULL,
    relation BYTEA NOT NULL CHECK (octet_length(relation) = 16),
    at BIGINT NOT NULL,
    changed_by BYTEA NOT NULL CHECK (octet_length(changed_by) = 16),
    was BIGINT NOT NULL,
    is_now BIGINT NOT NULL,
    PRIMARY KEY (shard, relation, at)
);

-- The day on which somebody died (sealed).
ALTER TABLE person ADD COLUMN died TEXT;

-- 代开通: what was done at a window, by which operator, on which paper (sealed), and who consented for a child.
CREATE TABLE window_act (
    shard BIGINT NOT NULL,
    relation BYTEA NOT NULL CHECK (octet_length(relation) = 16),
    person BYTEA NOT NULL CHECK (octet_length(person) = 16),
    guardian BYTEA CHECK (octet_length(guardian) = 16),
    operator BYTEA NOT NULL CHECK (octet_length(operator) = 16),
    document TEXT NOT NULL,
    paper TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (shard, relation)
);

CREATE INDEX window_act_of_person ON window_act (shard, person);
