-- Signed heads, so that whoever exports them can go on where it stopped; and who looks after what.

CREATE TABLE head (
    shard INTEGER NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL CHECK (length(root) = 32),
    at INTEGER NOT NULL,
    signer BLOB NOT NULL CHECK (length(signer) = 8),
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (shard, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE lease (
    shard INTEGER NOT NULL,
    name TEXT NOT NULL,
    holder BLOB NOT NULL CHECK (length(holder) = 16),
    until INTEGER NOT NULL,
    PRIMARY KEY (shard, name)
) STRICT, WITHOUT ROWID;
