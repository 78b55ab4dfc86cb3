-- Who works here, for PostgreSQL. A person that leaves stays a row, since old rows name the number.

CREATE TABLE staff (
    number        BIGINT PRIMARY KEY CHECK (number BETWEEN 1 AND 9999),
    name          TEXT COLLATE "C" NOT NULL,
    name_key      TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C" NOT NULL CHECK (role IN ('clerk', 'supervisor', 'manager')),
    pin_hash      TEXT COLLATE "C" NOT NULL,            -- Argon2id; the pepper lies in a file:
    pepper        TEXT COLLATE "C" NOT NULL DEFAULT '', -- its mark; '' of a demo's PINs
    demo_pin      TEXT COLLATE "C" NOT NULL DEFAULT '', -- shown at signing in; '' once changed
    active        BIGINT  NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    failures      BIGINT  NOT NULL DEFAULT 0,           -- wrong PINs in a row
    locked_until  BIGINT  NOT NULL DEFAULT 0,
    created_at    BIGINT  NOT NULL,
    changed_at    BIGINT  NOT NULL
);
CREATE INDEX staff_by_name ON staff (name_key);
