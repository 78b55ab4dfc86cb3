-- The house as it opens. Money in minor units, times in UTC epoch milliseconds, states in words
-- (core/rules/life.h). Nothing here is SQLite's alone but STRICT and WITHOUT ROWID. What a sale
-- checks is written without IN: of a list of more than two SQLite makes a table for every row.

CREATE TABLE venue (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    demo        INTEGER NOT NULL CHECK (demo IN (0, 1)),
    currency    TEXT    NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE halls (
    id          INTEGER PRIMARY KEY,
    name        TEXT    NOT NULL,
    name_key    TEXT    NOT NULL UNIQUE,
    grid_rows   INTEGER NOT NULL CHECK (grid_rows > 0),
    grid_cols   INTEGER NOT NULL CHECK (grid_cols > 0),
    created_at  INTEGER NOT NULL
) STRICT;

-- Ids rise in row and seat order within a hall, so that a map is read and locked in that order.
CREATE TABLE seats (
    id          INTEGER PRIMARY KEY,
    hall_id     INTEGER NOT NULL REFERENCES halls (id),
    label       TEXT    NOT NULL,
    block       TEXT    NOT NULL,
    zone        TEXT    NOT NULL,
    kind        TEXT    NOT NULL CHECK (kind IN ('standard', 'wheelchair', 'companion')),
    row_name    TEXT    NOT NULL,
    number      INTEGER NOT NULL,
    grid_row    INTEGER NOT NULL,
    grid_col    INTEGER NOT NULL,
    UNIQUE (hall_id, label),
    UNIQUE (hall_id, grid_row, grid_col)
) STRICT;

CREATE TABLE shows (
    id          INTEGER PRIMARY KEY,
    hall_id     INTEGER NOT NULL REFERENCES halls (id),
    title       TEXT    NOT NULL,
    title_key   TEXT    NOT NULL,
    starts_at   INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL CHECK (ends_at > starts_at),
    sale_stop   INTEGER NOT NULL,
    state       TEXT    NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'cancelled')),
    rev         INTEGER NOT NULL DEFAULT 0,
    next_entry  INTEGER NOT NULL DEFAULT 1, -- join sequence of the waiting list
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX shows_by_start ON shows (starts_at);
CREATE INDEX shows_by_hall ON shows (hall_id, starts_at);
CREATE INDEX shows_by_title ON shows (title_key, starts_at);

CREATE TABLE ticket_types (
    id          INTEGER PRIMARY KEY,
    digit       INTEGER NOT NULL UNIQUE CHECK (digit BETWEEN 1 AND 9), -- its key on the hall screen
    name        TEXT    NOT NULL,
    name_key    TEXT    NOT NULL UNIQUE,
    percent     INTEGER NOT NULL CHECK (percent BETWEEN 0 AND 100)     -- of a show's price, preset
) STRICT;

CREATE TABLE prices (
    show_id     INTEGER NOT NULL REFERENCES shows (id),
    zone        TEXT    NOT NULL,
    type_id     INTEGER NOT NULL REFERENCES ticket_types (id),
    amount      INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (show_id, zone, type_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE waiting_list (
    id             INTEGER PRIMARY KEY,
    show_id        INTEGER NOT NULL REFERENCES shows (id),
    seq            INTEGER NOT NULL, -- join sequence at this show
    priority       INTEGER NOT NULL DEFAULT 0, -- higher first; a manager's, journaled
    name           TEXT    NOT NULL,
    name_key       TEXT    NOT NULL,
    phone          TEXT    NOT NULL DEFAULT '',
    phone_key      TEXT    NOT NULL DEFAULT '',
    party          INTEGER NOT NULL CHECK (party BETWEEN 1 AND 20),
    fit            TEXT    NOT NULL CHECK (fit IN ('together', 'pairs', 'any')),
    zone           TEXT    NOT NULL DEFAULT '', -- '': any
    wheelchairs    INTEGER NOT NULL DEFAULT 0,
    note           TEXT    NOT NULL DEFAULT '',
    state          TEXT    NOT NULL
                   CHECK (state IN ('waiting', 'offered', 'accepted', 'declined', 'left', 'closed')),
    present        INTEGER NOT NULL DEFAULT 0 CHECK (present IN (0, 1)), -- stands at the counter
    reason         TEXT    NOT NULL DEFAULT '', -- why it was passed over last
    passes         INTEGER NOT NULL DEFAULT 0,  -- times a later party was seated before it
    joined_at      INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL,
    terminal       TEXT    NOT NULL,
    operator       INTEGER NOT NULL,
    UNIQUE (show_id, seq)
) STRICT;
CREATE INDEX waiting_by_show ON waiting_list (show_id, state);
CREATE INDEX waiting_by_name ON waiting_list (name_key);
CREATE UNIQUE INDEX waiting_one_live_phone ON waiting_list (show_id, phone_key)
    WHERE phone_key <> '' AND state IN ('waiting', 'offered');

-- offered: a waiting party's; reserved: unpaid, until its deadline.
CREATE TABLE reservations (
    id          INTEGER PRIMARY KEY,
    code        TEXT    NOT NULL UNIQUE,
    show_id     INTEGER NOT NULL REFERENCES shows (id),
    state       TEXT    NOT NULL
                CHECK (state = 'sold' OR state = 'reserved' OR state = 'offered'
                       OR state = 'cancelled' OR state = 'lapsed'),
    name        TEXT    NOT NULL DEFAULT '',
    name_key    TEXT    NOT NULL DEFAULT '',
    name_given  TEXT    NOT NULL DEFAULT '', -- "kari" of "ødegård, kari"
    phone       TEXT    NOT NULL DEFAULT '',
    phone_key   TEXT    NOT NULL DEFAULT '',
    phone_tail  TEXT    NOT NULL DEFAULT '', -- the last four digits
    note        TEXT    NOT NULL DEFAULT '',
    total       INTEGER NOT NULL CHECK (total >= 0), -- of the seats it has now
    deadline    INTEGER,                             -- of offered and reserved
    entry_id    INTEGER REFERENCES waiting_list (id),
    seats_were  TEXT    NOT NULL DEFAULT '', -- labels given back, for who asks later
    key         TEXT    NOT NULL,
    terminal    TEXT    NOT NULL,
    operator    INTEGER NOT NULL,
    made_at     INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT;
-- With the code a map needs no row of this table, which lies scattered among other shows' rows.
CREATE INDEX reservations_by_show ON reservations (show_id, state, deadline, code);
CREATE INDEX reservations_due ON reservations (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX reservations_by_name ON reservations (name_key, show_id) WHERE name_key <> '';
CREATE INDEX reservations_by_given ON reservations (name_given, show_id) WHERE name_given <> '';
CREATE INDEX reservations_by_phone ON reservations (phone_key, show_id) WHERE phone_key <> '';
CREATE INDEX reservations_by_tail ON reservations (phone_tail, show_id) WHERE phone_tail <> '';
CREATE INDEX reservations_by_entry ON reservations (entry_id) WHERE entry_id IS NOT NULL;

-- Who has a seat now; no row: free. The primary key is what makes a double sale impossible.
CREATE TABLE claims (
    show_id        INTEGER NOT NULL REFERENCES shows (id),
    seat_id        INTEGER NOT NULL REFERENCES seats (id),
    state          TEXT    NOT NULL
                   CHECK (state = 'sold' OR state = 'held' OR state = 'reserved'
                          OR state = 'returned' OR state = 'blocked'),
    owner          TEXT    NOT NULL DEFAULT '', -- the basket's key, of held
    since          INTEGER NOT NULL,            -- when it came into this state; of held: when the
                                                -- hold began, or its pay screen opened
    until          INTEGER,                     -- of held
    reservation_id INTEGER REFERENCES reservations (id),
    entry_id       INTEGER REFERENCES waiting_list (id), -- of returned: kept for this party alone
    type_id        INTEGER REFERENCES ticket_types (id),
    amount         INTEGER NOT NULL DEFAULT 0,
    reason         TEXT    NOT NULL DEFAULT '', -- of blocked
    terminal       TEXT    NOT NULL DEFAULT '',
    operator       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (show_id, seat_id),
    CHECK ((state = 'held') = (owner <> '')),
    CHECK ((state = 'held') = (until IS NOT NULL)),
    CHECK ((state IN ('reserved', 'sold')) = (reservation_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_owner ON claims (owner) WHERE state = 'held';
CREATE INDEX claims_by_until ON claims (until) WHERE state = 'held';
CREATE INDEX claims_by_reservation ON claims (reservation_id) WHERE reservation_id IS NOT NULL;
CREATE INDEX claims_returned ON claims (show_id, state, entry_id) WHERE state = 'returned';

CREATE TABLE payments (
    reservation_id INTEGER NOT NULL REFERENCES reservations (id),
    n              INTEGER NOT NULL, -- from 1, in the order they were made
    kind           TEXT    NOT NULL CHECK (kind IN ('pay', 'refund')),
    tender         TEXT    NOT NULL CHECK (tender = 'cash' OR tender = 'card'
                                           OR tender = 'voucher' OR tender = 'comp'),
    amount         INTEGER NOT NULL CHECK (amount >= 0),
    given          INTEGER NOT NULL DEFAULT 0 CHECK (given >= 0), -- cash handed over
    due            INTEGER NOT NULL DEFAULT 0 CHECK (due IN (0, 1)), -- a refund not yet handed out
    terminal       TEXT    NOT NULL,
    operator       INTEGER NOT NULL,
    paid_at        INTEGER NOT NULL,
    PRIMARY KEY (reservation_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX payments_due ON payments (reservation_id) WHERE due = 1;

-- Seats that a party was offered and let go: not offered to it again.
CREATE TABLE refused_seats (
    entry_id    INTEGER NOT NULL REFERENCES waiting_list (id),
    seat_id     INTEGER NOT NULL REFERENCES seats (id),
    PRIMARY KEY (entry_id, seat_id)
) STRICT, WITHOUT ROWID;

-- One row an offer: who rings whom, so that no two people ring.
CREATE TABLE calls (
    reservation_id INTEGER PRIMARY KEY REFERENCES reservations (id),
    entry_id       INTEGER NOT NULL REFERENCES waiting_list (id),
    caller         TEXT    NOT NULL DEFAULT '', -- terminal that claimed the call
    operator       INTEGER NOT NULL DEFAULT 0,
    claimed_until  INTEGER NOT NULL DEFAULT 0,
    outcome        TEXT    NOT NULL DEFAULT ''
                   CHECK (outcome IN ('', 'accepted', 'declined', 'no answer', 'lapsed', 'closed')),
    lease_term     INTEGER NOT NULL, -- the assigner's term that made it
    made_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX calls_open ON calls (reservation_id) WHERE outcome = '';

CREATE TABLE leases (
    name        TEXT    PRIMARY KEY,
    holder      TEXT    NOT NULL, -- terminal; '' when given up
    session     TEXT    NOT NULL, -- the holder's random id a process
    term        INTEGER NOT NULL,
    beat        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE terminals (
    name        TEXT    PRIMARY KEY,
    session     TEXT    NOT NULL, -- random id a process
    host        TEXT    NOT NULL,
    pid         INTEGER NOT NULL,
    endpoint    TEXT    NOT NULL DEFAULT '', -- of its SUB socket; '' when it does not listen
    public_key  TEXT    NOT NULL DEFAULT '',
    assigns     TEXT    NOT NULL DEFAULT 'never',
    started_at  INTEGER NOT NULL,
    beat_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A key that was used: the same request again gets the same result (design, 3). No names in it.
CREATE TABLE requests (
    key         TEXT    PRIMARY KEY,
    verb        TEXT    NOT NULL,
    digest      TEXT    NOT NULL,
    layout      INTEGER NOT NULL, -- of the result: who has it otherwise cannot read it
    result      BLOB    NOT NULL,
    done_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The journal: append only, hash-chained a book.
CREATE TABLE books (
    name        TEXT    PRIMARY KEY, -- 'show:12', 'house'
    length      INTEGER NOT NULL,
    head        TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    book        TEXT    NOT NULL REFERENCES books (name),
    n           INTEGER NOT NULL, -- from 1, gapless
    at          INTEGER NOT NULL,
    terminal    TEXT    NOT NULL,
    operator    INTEGER NOT NULL,
    what        TEXT    NOT NULL,
    before      TEXT    NOT NULL, -- canonical JSON, without customers' names
    after       TEXT    NOT NULL,
    hash        TEXT    NOT NULL,
    PRIMARY KEY (book, n)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
BEGIN
    SELECT RAISE (ABORT, 'the journal is append only');
END;
CREATE TRIGGER journal_keeps_words BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE (ABORT, 'the journal is append only');
END;
