-- What institutions bring beside bills: 预缴金 of a stay, 备案, and 医疗保障基金结算清单.

-- What was paid before a stay is settled, and what a settlement used of it: below zero, it went out. The sum of a stay
-- is what is still there.
CREATE TABLE nhsa_prepaid (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    mdtrt_id TEXT NOT NULL,
    sn TEXT NOT NULL,
    msgid TEXT NOT NULL,
    at BIGINT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (shard, code, mdtrt_id, sn)
);

CREATE INDEX nhsa_prepaid_by_number ON nhsa_prepaid (shard, code, sn);

CREATE TABLE nhsa_filing (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    filing TEXT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    kind TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    ended_at BIGINT,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, code, filing),
    CHECK (until_day >= from_day)
);

CREATE INDEX nhsa_filing_of_owner ON nhsa_filing (shard, owner, kind, from_day);

-- Every version of a settlement's list; the one that came last counts.
CREATE TABLE nhsa_list (
    shard BIGINT NOT NULL,
    code TEXT NOT NULL,
    setl_id TEXT NOT NULL,
    list TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shard, code, setl_id, list)
);

CREATE INDEX nhsa_settlement_of_visit ON nhsa_settlement (shard, code, mdtrt_id);
