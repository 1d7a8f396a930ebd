-- Signed heads, so that whoever exports them can go on where it stopped; and who looks after what.

CREATE TABLE head (
    shard BIGINT NOT NULL,
    size BIGINT NOT NULL,
    root BYTEA NOT NULL CHECK (octet_length(root) = 32),
    at BIGINT NOT NULL,
    signer BYTEA NOT NULL CHECK (octet_length(signer) = 8),
    signature BYTEA NOT NULL CHECK (octet_length(signature) = 64),
    PRIMARY KEY (shard, size)
);

CREATE TABLE lease (
    shard BIGINT NOT NULL,
    name TEXT NOT NULL,
    holder BYTEA NOT NULL CHECK (octet_length(holder) = 16),
    until BIGINT NOT NULL,
    PRIMARY KEY (shard, name)
);
