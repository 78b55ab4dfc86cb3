-- Tickets: one row a serial. Serials are without gaps a venue: who takes some adds them to the one
-- row of ticket_serials in the transaction that stores the tickets.

CREATE TABLE ticket_serials (
    id          BIGINT PRIMARY KEY CHECK (id = 1),
    last        BIGINT  NOT NULL
);
INSERT INTO ticket_serials (id, last) VALUES (1, 0);

CREATE TABLE tickets (
    serial         BIGINT PRIMARY KEY,
    reservation_id BIGINT  NOT NULL REFERENCES reservations (id),
    show_id        BIGINT  NOT NULL REFERENCES shows (id),
    seat_id        BIGINT  NOT NULL REFERENCES seats (id),
    type_id        BIGINT REFERENCES ticket_types (id),
    amount         BIGINT  NOT NULL,
    state          TEXT COLLATE "C" NOT NULL CHECK (state IN ('live', 'used', 'dead')),
    of_serial      BIGINT, -- the dead one that it replaces
    copies         BIGINT  NOT NULL DEFAULT 0,  -- how many it had before it: 0 is the first
    reason         TEXT COLLATE "C" NOT NULL DEFAULT '', -- why it was printed anew
    print          TEXT COLLATE "C" NOT NULL CHECK (print IN ('due', 'printed', 'failed', 'torn')),
    torn           BIGINT  NOT NULL DEFAULT 0,  -- times it came out torn and was printed again
    printed_at     BIGINT,
    issued_at      BIGINT  NOT NULL,
    terminal       TEXT COLLATE "C" NOT NULL,
    operator       BIGINT  NOT NULL,
    died_at        BIGINT,
    checked_in_at  BIGINT,
    checked_in_on  TEXT COLLATE "C" NOT NULL DEFAULT '', -- terminal
    checked_in_by  BIGINT  NOT NULL DEFAULT 0,  -- operator
    CHECK ((state = 'dead') = (died_at IS NOT NULL)),
    CHECK (state <> 'used' OR checked_in_at IS NOT NULL)
);
-- At most one ticket lets somebody into a seat.
CREATE UNIQUE INDEX tickets_one_a_seat ON tickets (show_id, seat_id) WHERE state <> 'dead';
CREATE INDEX tickets_by_reservation ON tickets (reservation_id, seat_id);
CREATE INDEX tickets_replaced ON tickets (of_serial) WHERE of_serial IS NOT NULL;
