-- Paying institutions: what was declared, and what keeps new settlements out.

CREATE TABLE clearing_batch (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    institution BYTEA NOT NULL CHECK (octet_length(institution) = 16),
    version BIGINT NOT NULL CHECK (version > 0),
    made_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, id)
);

CREATE INDEX clearing_batch_of_institution ON clearing_batch (shard, institution, made_at);

-- A settlement, or what took some of it back: declared once.
CREATE TABLE clearing_item (
    shard BIGINT NOT NULL,
    item BYTEA NOT NULL CHECK (octet_length(item) = 16),
    batch BYTEA NOT NULL CHECK (octet_length(batch) = 16),
    of_order BYTEA NOT NULL CHECK (octet_length(of_order) = 16),
    at BIGINT NOT NULL,
    pooled BIGINT NOT NULL,
    account BIGINT NOT NULL,
    PRIMARY KEY (shard, item)
);

CREATE INDEX clearing_item_of_batch ON clearing_item (shard, batch);
CREATE INDEX pay_order_changed ON pay_order (shard, institution, changed_at, id);

-- 暂停协议, 解除协议, 支付资格: holds once somebody else than who asked for it approved it.
CREATE TABLE standing (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT,
    reason TEXT NOT NULL,
    asked_by BYTEA NOT NULL CHECK (octet_length(asked_by) = 16),
    approved_by BYTEA CHECK (octet_length(approved_by) = 16),
    PRIMARY KEY (shard, id),
    CHECK (approved_by IS NULL OR approved_by <> asked_by)
);

CREATE INDEX standing_of_code ON standing (shard, code, from_day);
