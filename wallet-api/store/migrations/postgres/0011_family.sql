-- What an area's books need to know of its people, and what two people agreed on. Names, numbers and addresses of
-- people stand nowhere; a person is found by a keyed digest of the identity number.

-- Transfers that wait to be accepted are counted in the account itself: none did before.
UPDATE account SET body = body || '\x00'::bytea;

CREATE TABLE person (
    shard BIGINT NOT NULL,
    owner BYTEA NOT NULL CHECK (octet_length(owner) = 16),
    lookup BYTEA NOT NULL CHECK (octet_length(lookup) = 32),
    area TEXT NOT NULL,
    cover TEXT NOT NULL,
    born TEXT,
    without_phone BIGINT NOT NULL CHECK (without_phone IN (0, 1)),
    PRIMARY KEY (shard, owner)
);

CREATE UNIQUE INDEX person_by_lookup ON person (shard, lookup);

-- The code is kept as its digest, and whom it is for as a keyed one, whether or not anybody is known by it.
CREATE TABLE invitation (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    code BYTEA NOT NULL CHECK (octet_length(code) = 32),
    inviter BYTEA NOT NULL CHECK (octet_length(inviter) = 16),
    invitee BYTEA NOT NULL CHECK (octet_length(invitee) = 32),
    kind TEXT NOT NULL,
    kin TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    state BIGINT NOT NULL,
    PRIMARY KEY (shard, id)
);

CREATE UNIQUE INDEX invitation_by_code ON invitation (shard, code);
CREATE INDEX invitation_of_inviter ON invitation (shard, inviter);
CREATE INDEX invitation_of_invitee ON invitation (shard, invitee);

-- Its id is the invitation's, and that of the account in which money is set aside for it.
CREATE TABLE relation (
    shard BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (octet_length(id) = 16),
    kind TEXT NOT NULL,
    kin TEXT NOT NULL,
    giver BYTEA NOT NULL CHECK (octet_length(giver) = 16),
    taker BYTEA NOT NULL CHECK (octet_length(taker) = 16),
    since BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by BYTEA CHECK (octet_length(ended_by) = 16),
    why TEXT,
    PRIMARY KEY (shard, id),
    CHECK (giver <> taker)
);

CREATE UNIQUE INDEX relation_once ON relation (shard, giver, taker, kind) WHERE ended_at IS NULL;
CREATE INDEX relation_of_taker ON relation (shard, taker);

-- Who agreed to what, when, and by which edition of the rules.
CREATE TABLE consent (
    shard BIGINT NOT NULL,
    relation BYTEA NOT NULL CHECK (octet_length(relation) = 16),
    person BYTEA NOT NULL CHECK (octet_length(person) = 16),
    purpose TEXT NOT NULL,
    rules TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (shard, relation, person, purpose)
);

-- Transfers between relatives' wallets, so that both find them; what became of each is in the books.
CREATE TABLE gift (
    shard BIGINT NOT NULL,
    hold BYTEA NOT NULL CHECK (octet_length(hold) = 16),
    relation BYTEA NOT NULL CHECK (octet_length(relation) = 16),
    giver BYTEA NOT NULL CHECK (octet_length(giver) = 16),
    taker BYTEA NOT NULL CHECK (octet_length(taker) = 16),
    made_at BIGINT NOT NULL,
    PRIMARY KEY (shard, hold)
);

CREATE INDEX gift_of_giver ON gift (shard, giver);
CREATE INDEX gift_of_taker ON gift (shard, taker);
