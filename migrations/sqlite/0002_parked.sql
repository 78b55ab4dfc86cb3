-- Baskets set aside for whoever gets them: the key that their holds are under, and who took them
-- up. How long they last is the holds' own affair; a row without any is of the past.

CREATE TABLE parked (
    key         TEXT    PRIMARY KEY, -- the basket's
    parked_at   INTEGER NOT NULL,
    until       INTEGER NOT NULL,
    terminal    TEXT    NOT NULL,
    operator    INTEGER NOT NULL,
    got_by      TEXT    NOT NULL DEFAULT '' -- the terminal that took it up
) STRICT, WITHOUT ROWID;
