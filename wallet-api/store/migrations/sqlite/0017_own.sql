-- What people decide for themselves, and what is done for those who cannot. Columns marked "sealed" hold SM4-GCM.

-- 动态验证码: the secret that an authenticator shares with us (sealed), one that was offered and not confirmed yet
-- (sealed), the last step of which a code was taken with the request that took it, and attempts since when.
CREATE TABLE second_factor (
    shard INTEGER NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    secret TEXT,
    offered TEXT,
    step INTEGER NOT NULL,
    spent BLOB CHECK (length(spent) = 32),
    tries INTEGER NOT NULL,
    tries_until INTEGER NOT NULL,
    PRIMARY KEY (shard, owner)
) STRICT, WITHOUT ROWID;

-- What one side calls the other (sealed).
CREATE TABLE nickname (
    shard INTEGER NOT NULL,
    relation BLOB NOT NULL CHECK (length(relation) = 16),
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    name TEXT NOT NULL,
    PRIMARY KEY (shard, relation, owner)
) STRICT, WITHOUT ROWID;

-- Whose money is drawn first; every change stays on record.
ALTER TABLE relation ADD COLUMN priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 255);

CREATE TABLE priority_change (
    shard INTEGER NOT NULL,
    relation BLOB NOT NULL CHECK (length(relation) = 16),
    at INTEGER NOT NULL,
    changed_by BLOB NOT NULL CHECK (length(changed_by) = 16),
    was INTEGER NOT NULL,
    is_now INTEGER NOT NULL,
    PRIMARY KEY (shard, relation, at)
) STRICT, WITHOUT ROWID;

-- The day on which somebody died (sealed).
ALTER TABLE person ADD COLUMN died TEXT;

-- 代开通: what was done at a window, by which operator, on which paper (sealed), and who consented for a child.
CREATE TABLE window_act (
    shard INTEGER NOT NULL,
    relation BLOB NOT NULL CHECK (length(relation) = 16),
    person BLOB NOT NULL CHECK (length(person) = 16),
    guardian BLOB CHECK (length(guardian) = 16),
    operator BLOB NOT NULL CHECK (length(operator) = 16),
    document TEXT NOT NULL,
    paper TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (shard, relation)
) STRICT, WITHOUT ROWID;

CREATE INDEX window_act_of_person ON window_act (shard, person);
