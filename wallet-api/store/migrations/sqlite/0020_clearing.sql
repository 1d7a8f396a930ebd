-- Paying institutions: what was declared, and what keeps new settlements out.

CREATE TABLE clearing_batch (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    institution BLOB NOT NULL CHECK (length(institution) = 16),
    version INTEGER NOT NULL CHECK (version > 0),
    made_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX clearing_batch_of_institution ON clearing_batch (shard, institution, made_at);

-- A settlement, or what took some of it back: declared once.
CREATE TABLE clearing_item (
    shard INTEGER NOT NULL,
    item BLOB NOT NULL CHECK (length(item) = 16),
    batch BLOB NOT NULL CHECK (length(batch) = 16),
    of_order BLOB NOT NULL CHECK (length(of_order) = 16),
    at INTEGER NOT NULL,
    pooled INTEGER NOT NULL,
    account INTEGER NOT NULL,
    PRIMARY KEY (shard, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX clearing_item_of_batch ON clearing_item (shard, batch);
CREATE INDEX pay_order_changed ON pay_order (shard, institution, changed_at, id);

-- 暂停协议, 解除协议, 支付资格: holds once somebody else than who asked for it approved it.
CREATE TABLE standing (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT,
    reason TEXT NOT NULL,
    asked_by BLOB NOT NULL CHECK (length(asked_by) = 16),
    approved_by BLOB CHECK (length(approved_by) = 16),
    PRIMARY KEY (shard, id),
    CHECK (approved_by IS NULL OR approved_by <> asked_by)
) STRICT, WITHOUT ROWID;

CREATE INDEX standing_of_code ON standing (shard, code, from_day);
