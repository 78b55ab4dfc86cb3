-- Tills: a session belongs to a drawer, from its float to its Z report. What is sold is kept by
-- ticket type beside how it was paid, for a claim goes when its seat is given back.

ALTER TABLE venue ADD COLUMN z_last INTEGER NOT NULL DEFAULT 0; -- number of the last Z report

ALTER TABLE ticket_types ADD COLUMN tax INTEGER -- hundredths of a per cent; NULL: the setting
    CHECK (tax BETWEEN 0 AND 9999);

CREATE TABLE till_sessions (
    id          INTEGER PRIMARY KEY,
    drawer      INTEGER NOT NULL CHECK (drawer BETWEEN 1 AND 99),
    state       TEXT    NOT NULL CHECK (state IN ('open', 'counted', 'closed')),
    rev         INTEGER NOT NULL DEFAULT 0,  -- one more with each change: the session's lock
    opening     INTEGER NOT NULL CHECK (opening >= 0), -- the float
    opened_at   INTEGER NOT NULL,
    opened_by   INTEGER NOT NULL,
    terminal    TEXT    NOT NULL,
    counts      INTEGER NOT NULL DEFAULT 0 CHECK (counts BETWEEN 0 AND 2),
    expected    INTEGER, -- cash, when it was counted
    counted     INTEGER,
    closed_at   INTEGER,
    closed_by   INTEGER,
    signed_by   INTEGER, -- the second signature
    z_number    INTEGER UNIQUE,
    z           TEXT    NOT NULL DEFAULT '', -- the report as it was printed, in JSON
    CHECK ((state = 'open') = (counts = 0)),
    CHECK ((state = 'open') = (expected IS NULL)),
    CHECK ((state = 'open') = (counted IS NULL)),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CHECK ((state = 'closed') = (z_number IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX till_one_a_drawer ON till_sessions (drawer) WHERE state <> 'closed';
CREATE INDEX till_by_time ON till_sessions (opened_at);

-- Cash put in or taken out, other than for tickets.
CREATE TABLE till_moves (
    till_id     INTEGER NOT NULL REFERENCES till_sessions (id),
    n           INTEGER NOT NULL, -- from 1
    kind        TEXT    NOT NULL CHECK (kind IN ('in', 'out')),
    amount      INTEGER NOT NULL CHECK (amount > 0),
    reason      TEXT    NOT NULL CHECK (reason <> ''),
    terminal    TEXT    NOT NULL,
    operator    INTEGER NOT NULL,
    moved_at    INTEGER NOT NULL,
    PRIMARY KEY (till_id, n)
) STRICT, WITHOUT ROWID;

-- Notes and coins as they were counted, the first time and the second.
CREATE TABLE till_counts (
    till_id      INTEGER NOT NULL REFERENCES till_sessions (id),
    nth          INTEGER NOT NULL CHECK (nth BETWEEN 1 AND 2),
    denomination INTEGER NOT NULL CHECK (denomination > 0),
    pieces       INTEGER NOT NULL CHECK (pieces > 0),
    PRIMARY KEY (till_id, nth, denomination)
) STRICT, WITHOUT ROWID;

-- In which till, NULL: none. Of a card or voucher a reference, of a comp its reason. What cash was
-- rounded by: amount + rounding is what changed hands.
ALTER TABLE payments ADD COLUMN till_id INTEGER REFERENCES till_sessions (id);
ALTER TABLE payments ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE payments ADD COLUMN rounding INTEGER NOT NULL DEFAULT 0;
CREATE INDEX payments_by_till ON payments (till_id) WHERE till_id IS NOT NULL;
CREATE INDEX payments_by_time ON payments (paid_at);

-- What was sold and what was taken back, by ticket type: rows of one reservation in the order they
-- were made. The tax is in the amount, rounded a ticket.
CREATE TABLE takings (
    reservation_id INTEGER NOT NULL REFERENCES reservations (id),
    n              INTEGER NOT NULL, -- from 1
    kind           TEXT    NOT NULL CHECK (kind = 'sale' OR kind = 'refund' OR kind = 'void'),
    till_id        INTEGER REFERENCES till_sessions (id),
    show_id        INTEGER NOT NULL REFERENCES shows (id),
    type_id        INTEGER NOT NULL REFERENCES ticket_types (id),
    seats          INTEGER NOT NULL CHECK (seats > 0),
    amount         INTEGER NOT NULL CHECK (amount >= 0),
    tax_rate       INTEGER NOT NULL,
    tax            INTEGER NOT NULL CHECK (tax >= 0),
    operator       INTEGER NOT NULL,
    taken_at       INTEGER NOT NULL,
    PRIMARY KEY (reservation_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX takings_by_till ON takings (till_id) WHERE till_id IS NOT NULL;
CREATE INDEX takings_by_time ON takings (taken_at);
CREATE INDEX takings_by_show ON takings (show_id);

-- What was sold before: the seats that are still sold, without a tax that nobody noted.
INSERT INTO takings (reservation_id, n, kind, show_id, type_id, seats, amount, tax_rate, tax,
                     operator, taken_at)
SELECT r.id, ROW_NUMBER() OVER (PARTITION BY r.id ORDER BY c.type_id), 'sale', r.show_id,
       c.type_id, count(*), CAST(sum(c.amount) AS BIGINT), 0, 0, min(c.operator), min(c.since)
FROM reservations r JOIN claims c ON c.reservation_id = r.id
WHERE r.state = 'sold' AND c.state = 'sold' AND c.type_id IS NOT NULL
GROUP BY r.id, r.show_id, c.type_id;
