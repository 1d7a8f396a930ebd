-- What an area's books need to know of its people, and what two people agreed on. Names, numbers and addresses of
-- people stand nowhere; a person is found by a keyed digest of the identity number.

-- Transfers that wait to be accepted are counted in the account itself: none did before.
UPDATE account SET body = CAST(body || x'00' AS BLOB);

CREATE TABLE person (
    shard INTEGER NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    lookup BLOB NOT NULL CHECK (length(lookup) = 32),
    area TEXT NOT NULL,
    cover TEXT NOT NULL,
    born TEXT,
    without_phone INTEGER NOT NULL CHECK (without_phone IN (0, 1)),
    PRIMARY KEY (shard, owner)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX person_by_lookup ON person (shard, lookup);

-- The code is kept as its digest, and whom it is for as a keyed one, whether or not anybody is known by it.
CREATE TABLE invitation (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    code BLOB NOT NULL CHECK (length(code) = 32),
    inviter BLOB NOT NULL CHECK (length(inviter) = 16),
    invitee BLOB NOT NULL CHECK (length(invitee) = 32),
    kind TEXT NOT NULL,
    kin TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    state INTEGER NOT NULL,
    PRIMARY KEY (shard, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX invitation_by_code ON invitation (shard, code);
CREATE INDEX invitation_of_inviter ON invitation (shard, inviter);
CREATE INDEX invitation_of_invitee ON invitation (shard, invitee);

-- Its id is the invitation's, and that of the account in which money is set aside for it.
CREATE TABLE relation (
    shard INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    kin TEXT NOT NULL,
    giver BLOB NOT NULL CHECK (length(giver) = 16),
    taker BLOB NOT NULL CHECK (length(taker) = 16),
    since INTEGER NOT NULL,
    ended_at INTEGER,
    ended_by BLOB CHECK (length(ended_by) = 16),
    why TEXT,
    PRIMARY KEY (shard, id),
    CHECK (giver <> taker)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX relation_once ON relation (shard, giver, taker, kind) WHERE ended_at IS NULL;
CREATE INDEX relation_of_taker ON relation (shard, taker);

-- Who agreed to what, when, and by which edition of the rules.
CREATE TABLE consent (
    shard INTEGER NOT NULL,
    relation BLOB NOT NULL CHECK (length(relation) = 16),
    person BLOB NOT NULL CHECK (length(person) = 16),
    purpose TEXT NOT NULL,
    rules TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    PRIMARY KEY (shard, relation, person, purpose)
) STRICT, WITHOUT ROWID;

-- Transfers between relatives' wallets, so that both find them; what became of each is in the books.
CREATE TABLE gift (
    shard INTEGER NOT NULL,
    hold BLOB NOT NULL CHECK (length(hold) = 16),
    relation BLOB NOT NULL CHECK (length(relation) = 16),
    giver BLOB NOT NULL CHECK (length(giver) = 16),
    taker BLOB NOT NULL CHECK (length(taker) = 16),
    made_at INTEGER NOT NULL,
    PRIMARY KEY (shard, hold)
) STRICT, WITHOUT ROWID;

CREATE INDEX gift_of_giver ON gift (shard, giver);
CREATE INDEX gift_of_taker ON gift (shard, taker);
