-- For whom a bill that waits is, where its institution says so, and whom a till let go of: they cannot open it again.
ALTER TABLE pay_offer ADD COLUMN meant BYTEA CHECK (octet_length(meant) = 16);
ALTER TABLE pay_offer ADD COLUMN barred BYTEA CHECK (octet_length(barred) = 16);
