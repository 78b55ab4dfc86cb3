-- Who works here. A person that leaves stays a row, since old rows name the number.

CREATE TABLE staff (
    number        INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 9999),
    name          TEXT    NOT NULL,
    name_key      TEXT    NOT NULL,
    role          TEXT    NOT NULL CHECK (role IN ('clerk', 'supervisor', 'manager')),
    pin_hash      TEXT    NOT NULL,            -- Argon2id; the pepper lies in a file elsewhere:
    pepper        TEXT    NOT NULL DEFAULT '', -- its mark; '' of a demo's PINs, made without one
    demo_pin      TEXT    NOT NULL DEFAULT '', -- shown at signing in; '' once it was changed
    active        INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    failures      INTEGER NOT NULL DEFAULT 0,  -- wrong PINs in a row
    locked_until  INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_by_name ON staff (name_key);
