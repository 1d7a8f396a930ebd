-- What a cell keeps of other cells: where letters stand, draws, windows and what is owed in them. A letter that was
-- written or taken in stays, so that it is known again; the link says how far the other has taken them in.

CREATE TABLE cell (
    shard INTEGER NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE link (
    shard INTEGER NOT NULL,
    peer INTEGER NOT NULL,
    acked INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (shard, peer)
) STRICT, WITHOUT ROWID;

CREATE TABLE draw (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    until INTEGER NOT NULL,
    pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
    body BLOB NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX draw_due ON draw (shard, until) WHERE pending = 1;

CREATE TABLE clearing_window (
    shard INTEGER NOT NULL,
    id INTEGER NOT NULL,
    agreed INTEGER NOT NULL CHECK (agreed IN (0, 1)),
    body BLOB NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX clearing_window_not_agreed ON clearing_window (shard, id) WHERE agreed = 0;

CREATE TABLE letter_out (
    shard INTEGER NOT NULL,
    peer INTEGER NOT NULL,
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (shard, peer, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE letter_in (
    shard INTEGER NOT NULL,
    peer INTEGER NOT NULL,
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (shard, peer, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE obligation (
    shard INTEGER NOT NULL,
    clearing_window INTEGER NOT NULL,
    creditor INTEGER NOT NULL,
    debtor INTEGER NOT NULL,
    transfer BLOB NOT NULL CHECK (length(transfer) = 16),
    amount INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (shard, clearing_window, creditor, debtor, transfer)
) STRICT, WITHOUT ROWID;

CREATE TABLE cell_alarm (
    shard INTEGER NOT NULL,
    peer INTEGER NOT NULL,
    letter INTEGER NOT NULL,
    kind BLOB NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (shard, peer, letter, kind)
) STRICT, WITHOUT ROWID;
