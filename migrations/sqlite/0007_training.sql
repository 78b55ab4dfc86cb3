-- A copy to train on is marked for good, so that nobody takes it for the box office.
ALTER TABLE venue ADD COLUMN training_at INTEGER NOT NULL DEFAULT 0; -- when it was made; 0: no copy
-- What the house is called on tickets, where no terminal's configuration says otherwise.
ALTER TABLE venue ADD COLUMN name TEXT NOT NULL DEFAULT '';
