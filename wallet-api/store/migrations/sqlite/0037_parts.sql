-- A settlement is taken back once as a whole; of its parts (6203 CASH, HI) as many rows as came back.
ALTER TABLE nhsa_settlement ADD COLUMN part INTEGER NOT NULL DEFAULT 0 CHECK (part IN (0, 1));

DROP INDEX nhsa_settlement_back_once;

CREATE UNIQUE INDEX nhsa_settlement_back_once ON nhsa_settlement (shard, code, refund_of)
WHERE refund_of IS NOT NULL AND part = 0;

CREATE INDEX nhsa_settlement_parts ON nhsa_settlement (shard, code, refund_of) WHERE part = 1;
