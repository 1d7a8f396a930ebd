-- What a cell keeps of other cells: where letters stand, draws, windows and what is owed in them. A letter that was
-- written or taken in stays, so that it is known again; the link says how far the other has taken them in.

CREATE TABLE cell (
    shard BIGINT NOT NULL PRIMARY KEY,
    body BYTEA NOT NULL
);

CREATE TABLE link (
    shard BIGINT NOT NULL,
    peer BIGINT NOT NULL,
    acked BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (shard, peer)
);

CREATE TABLE draw (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    until BIGINT NOT NULL,
    pending BIGINT NOT NULL CHECK (pending IN (0, 1)),
    body BYTEA NOT NULL,
    PRIMARY KEY (shard, id)
);

CREATE INDEX draw_due ON draw (shard, until) WHERE pending = 1;

CREATE TABLE clearing_window (
    shard BIGINT NOT NULL,
    id BIGINT NOT NULL,
    agreed BIGINT NOT NULL CHECK (agreed IN (0, 1)),
    body BYTEA NOT NULL,
    PRIMARY KEY (shard, id)
);

CREATE INDEX clearing_window_not_agreed ON clearing_window (shard, id) WHERE agreed = 0;

CREATE TABLE letter_out (
    shard BIGINT NOT NULL,
    peer BIGINT NOT NULL,
    number BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (shard, peer, number)
);

CREATE TABLE letter_in (
    shard BIGINT NOT NULL,
    peer BIGINT NOT NULL,
    number BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (shard, peer, number)
);

CREATE TABLE obligation (
    shard BIGINT NOT NULL,
    clearing_window BIGINT NOT NULL,
    creditor BIGINT NOT NULL,
    debtor BIGINT NOT NULL,
    transfer BYTEA NOT NULL CHECK (octet_length(transfer) = 16),
    amount BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (shard, clearing_window, creditor, debtor, transfer)
);

CREATE TABLE cell_alarm (
    shard BIGINT NOT NULL,
    peer BIGINT NOT NULL,
    letter BIGINT NOT NULL,
    kind BYTEA NOT NULL,
    at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (shard, peer, letter, kind)
);
