-- Baskets set aside for whoever gets them: the key that their holds are under, and who took them
-- up. How long they last is the holds' own affair; a row without any is of the past.

CREATE TABLE parked (
    key         TEXT COLLATE "C" PRIMARY KEY, -- the basket's
    parked_at   BIGINT  NOT NULL,
    until       BIGINT  NOT NULL,
    terminal    TEXT COLLATE "C" NOT NULL,
    operator    BIGINT  NOT NULL,
    got_by      TEXT COLLATE "C" NOT NULL DEFAULT '' -- the terminal that took it up
);
