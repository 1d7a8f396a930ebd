-- A balance is changed where it stands: nothing to do.
SELECT 1;
