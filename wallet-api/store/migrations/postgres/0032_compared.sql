-- In which window a transfer stands is asked for when windows are compared with the journal.
CREATE INDEX obligation_of_transfer ON obligation (shard, transfer);
