-- Letters whose numbers follow each other stand in one row, by the number of the last of them. What was written before is
-- a row for each, with a list of one.
ALTER TABLE letter_out RENAME COLUMN number TO last;
ALTER TABLE letter_in RENAME COLUMN number TO last;

UPDATE letter_out SET body = '\x01'::bytea || body;

-- The digest is at the end, after whose letter it is and its number.
UPDATE letter_in SET body = substr(body, 1, length(body) - 32) || '\x01'::bytea || substr(body, length(body) - 31);
