-- What one operator of the area asks for and another decides: 预付金 to an institution, and what becomes of a difference.
CREATE TABLE proposal (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('advance', 'take_back', 'leave')),
    subject BYTEA NOT NULL CHECK (octet_length(subject) = 16),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    reason TEXT NOT NULL,
    asked_by BYTEA NOT NULL CHECK (octet_length(asked_by) = 16),
    asked_at BIGINT NOT NULL,
    -- 0 asked, 1 approved, 2 refused, 3 done, 4 failed: nothing was booked
    state BIGINT NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 4),
    decided_by BYTEA CHECK (octet_length(decided_by) = 16),
    decided_at BIGINT,
    PRIMARY KEY (shard, id),
    CHECK (decided_by IS NULL OR decided_by <> asked_by),
    CHECK ((state = 0) = (decided_by IS NULL)),
    CHECK ((kind = 'advance') = (amount > 0))
);

CREATE INDEX proposal_of_subject ON proposal (shard, subject, asked_at);
-- One correction of a difference at a time.
CREATE UNIQUE INDEX proposal_once ON proposal (shard, subject) WHERE kind <> 'advance' AND state IN (0, 1);

-- Where an institution's file and the area's settlements did not agree, by what 3202 found last.
CREATE TABLE difference (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    institution BYTEA NOT NULL CHECK (octet_length(institution) = 16),
    code TEXT NOT NULL,
    setl_id TEXT NOT NULL,
    class TEXT NOT NULL,
    of_order BYTEA CHECK (octet_length(of_order) = 16),
    their_total BIGINT,
    their_fund BIGINT,
    their_acct BIGINT,
    our_total BIGINT,
    our_fund BIGINT,
    our_acct BIGINT,
    told_at BIGINT NOT NULL,
    closed_at BIGINT,
    PRIMARY KEY (shard, id)
);

CREATE INDEX difference_of_institution ON difference (shard, institution, told_at);

-- What institutions sent of one person.
CREATE INDEX nhsa_visit_of_owner ON nhsa_visit (shard, owner);
