-- A consent that was withdrawn can be given again: each time stays on record.
CREATE TABLE consent_again (
    shard INTEGER NOT NULL,
    relation BLOB NOT NULL CHECK (length(relation) = 16),
    person BLOB NOT NULL CHECK (length(person) = 16),
    purpose TEXT NOT NULL,
    rules TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    PRIMARY KEY (shard, relation, person, purpose, given_at)
) STRICT, WITHOUT ROWID;

INSERT INTO consent_again (shard, relation, person, purpose, rules, given_at, withdrawn_at)
SELECT shard, relation, person, purpose, rules, given_at, withdrawn_at FROM consent;

DROP TABLE consent;

ALTER TABLE consent_again RENAME TO consent;
