-- In which window a transfer stands is asked for when windows are compared with the journal.
CREATE INDEX obligation_of_transfer ON obligation (shard, transfer);

-- Packs whose sales another area's books look after (by their 追溯码), by the sale here that asked for them.
CREATE TABLE pack_afar (
    shard BIGINT NOT NULL,
    sale BYTEA NOT NULL CHECK (octet_length(sale) = 16),
    trace TEXT NOT NULL,
    cell BIGINT NOT NULL,
    asked_as BYTEA NOT NULL CHECK (octet_length(asked_as) = 16),
    since BIGINT NOT NULL,
    -- 0 asked, 1 to be given back, 2 sold, 3 came back
    state BIGINT NOT NULL CHECK (state BETWEEN 0 AND 3),
    PRIMARY KEY (shard, sale, trace)
);

CREATE INDEX pack_afar_to_tell ON pack_afar (shard, state, cell, since);
