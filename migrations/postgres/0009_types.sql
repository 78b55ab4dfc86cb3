-- A ticket type that is sold no more keeps its name and its figures where it was.
ALTER TABLE ticket_types ADD COLUMN retired BIGINT NOT NULL DEFAULT 0 CHECK (retired IN (0, 1));
