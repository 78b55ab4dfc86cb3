-- Whose terminals take part in the channel between machines, by public key. A manager says so; it
-- outlives the rows of `terminals`, which are there only while one is at work.
CREATE TABLE admitted (
    name            TEXT COLLATE "C" PRIMARY KEY, -- what the manager calls it: a terminal, or a machine
    public_key      TEXT COLLATE "C" NOT NULL UNIQUE,
    admitted_at     BIGINT  NOT NULL,
    operator_number BIGINT  NOT NULL
);

-- Connections that this terminal's channel turned away since it started.
ALTER TABLE terminals ADD COLUMN turned_away BIGINT NOT NULL DEFAULT 0;
