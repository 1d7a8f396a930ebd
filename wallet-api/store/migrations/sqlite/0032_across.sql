-- In which window a transfer stands is asked for when windows are compared with the journal.
CREATE INDEX obligation_of_transfer ON obligation (shard, transfer);

-- Packs whose sales another area's books look after (by their 追溯码), by the sale here that asked for them.
CREATE TABLE pack_afar (
    shard INTEGER NOT NULL,
    sale BLOB NOT NULL CHECK (length(sale) = 16),
    trace TEXT NOT NULL,
    cell INTEGER NOT NULL,
    asked_as BLOB NOT NULL CHECK (length(asked_as) = 16),
    since INTEGER NOT NULL,
    -- 0 asked, 1 to be given back, 2 sold, 3 came back
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    PRIMARY KEY (shard, sale, trace)
) STRICT, WITHOUT ROWID;

CREATE INDEX pack_afar_to_tell ON pack_afar (shard, state, cell, since);
