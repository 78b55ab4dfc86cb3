-- Whose terminals take part in the channel between machines, by public key. A manager says so; it
-- outlives the rows of `terminals`, which are there only while one is at work.
CREATE TABLE admitted (
    name            TEXT    PRIMARY KEY, -- what the manager calls it: a terminal, or a machine
    public_key      TEXT    NOT NULL UNIQUE,
    admitted_at     INTEGER NOT NULL,
    operator_number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Connections that this terminal's channel turned away since it started.
ALTER TABLE terminals ADD COLUMN turned_away INTEGER NOT NULL DEFAULT 0;
