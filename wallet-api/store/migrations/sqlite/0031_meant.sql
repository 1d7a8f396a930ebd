-- For whom a bill that waits is, where its institution says so, and whom a till let go of: they cannot open it again.
ALTER TABLE pay_offer ADD COLUMN meant BLOB CHECK (length(meant) = 16);
ALTER TABLE pay_offer ADD COLUMN barred BLOB CHECK (length(barred) = 16);
