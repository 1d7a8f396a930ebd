-- A line of the journal has in its own row what it completed of the log, the transfer that it made and the first two
-- accounts that it speaks of. `transfer` keeps what became of transfers since, `journal_mention` any further accounts; what
-- both say of earlier lines they go on saying.
ALTER TABLE journal ADD COLUMN above BYTEA NOT NULL DEFAULT '' CHECK (octet_length(above) % 32 = 0);
ALTER TABLE journal ADD COLUMN transfer BYTEA CHECK (octet_length(transfer) = 16);
ALTER TABLE journal ADD COLUMN first_account BYTEA CHECK (octet_length(first_account) = 16);
ALTER TABLE journal ADD COLUMN second_account BYTEA CHECK (octet_length(second_account) = 16);

-- A node is completed by the last line under it.
ALTER TABLE journal DISABLE TRIGGER journal_is_not_changed;

UPDATE journal SET above = made.hashes
FROM (
    SELECT shard, (place + 1) * (1::bigint << level::int) - 1 AS number,
        string_agg(hash, ''::bytea ORDER BY level) AS hashes
    FROM journal_node WHERE level > 0 GROUP BY 1, 2
) AS made
WHERE journal.shard = made.shard AND journal.number = made.number;

ALTER TABLE journal ENABLE TRIGGER journal_is_not_changed;

-- A line completes as many nodes above its leaf as there are noughts at the end of the next line's number. Nothing is brought
-- up where one is missing.
CREATE TABLE journal_hole (
    shard BIGINT NOT NULL PRIMARY KEY,
    lines BIGINT NOT NULL CONSTRAINT the_log_over_the_journal_has_no_holes CHECK (lines = 0)
);

INSERT INTO journal_hole (shard, lines)
SELECT shard, count(*) FROM journal
WHERE (1::bigint << (octet_length(above) / 32)) <> ((number + 1) & -(number + 1)) GROUP BY shard;

DROP TABLE journal_hole;

DROP TABLE journal_node;

CREATE UNIQUE INDEX journal_of_transfer ON journal (shard, transfer) WHERE transfer IS NOT NULL;

CREATE INDEX journal_of_first ON journal (shard, first_account, number) WHERE first_account IS NOT NULL;

CREATE INDEX journal_of_second ON journal (shard, second_account, number) WHERE second_account IS NOT NULL;
