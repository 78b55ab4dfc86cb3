-- Tickets: one row a serial. Serials are without gaps a venue: who takes some adds them to the one
-- row of ticket_serials in the transaction that stores the tickets.

CREATE TABLE ticket_serials (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    last        INTEGER NOT NULL
) STRICT;
INSERT INTO ticket_serials (id, last) VALUES (1, 0);

CREATE TABLE tickets (
    serial         INTEGER PRIMARY KEY,
    reservation_id INTEGER NOT NULL REFERENCES reservations (id),
    show_id        INTEGER NOT NULL REFERENCES shows (id),
    seat_id        INTEGER NOT NULL REFERENCES seats (id),
    type_id        INTEGER REFERENCES ticket_types (id),
    amount         INTEGER NOT NULL,
    state          TEXT    NOT NULL CHECK (state IN ('live', 'used', 'dead')),
    of_serial      INTEGER, -- the dead one that it replaces
    copies         INTEGER NOT NULL DEFAULT 0,  -- how many it had before it: 0 is the first
    reason         TEXT    NOT NULL DEFAULT '', -- why it was printed anew
    print          TEXT    NOT NULL CHECK (print IN ('due', 'printed', 'failed', 'torn')),
    torn           INTEGER NOT NULL DEFAULT 0,  -- times it came out torn and was printed again
    printed_at     INTEGER,
    issued_at      INTEGER NOT NULL,
    terminal       TEXT    NOT NULL,
    operator       INTEGER NOT NULL,
    died_at        INTEGER,
    checked_in_at  INTEGER,
    checked_in_on  TEXT    NOT NULL DEFAULT '', -- terminal
    checked_in_by  INTEGER NOT NULL DEFAULT 0,  -- operator
    CHECK ((state = 'dead') = (died_at IS NOT NULL)),
    CHECK (state <> 'used' OR checked_in_at IS NOT NULL)
) STRICT;
-- At most one ticket lets somebody into a seat.
CREATE UNIQUE INDEX tickets_one_a_seat ON tickets (show_id, seat_id) WHERE state <> 'dead';
CREATE INDEX tickets_by_reservation ON tickets (reservation_id, seat_id);
CREATE INDEX tickets_replaced ON tickets (of_serial) WHERE of_serial IS NOT NULL;
