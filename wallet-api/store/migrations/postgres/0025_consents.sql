-- A consent that was withdrawn can be given again: each time stays on record.
ALTER TABLE consent DROP CONSTRAINT consent_pkey;

ALTER TABLE consent ADD PRIMARY KEY (shard, relation, person, purpose, given_at);
