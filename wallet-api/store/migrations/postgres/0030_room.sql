-- Room for a balance's next value on its own page: then no index has to be told where it moved to.
ALTER TABLE account SET (fillfactor = 70);
