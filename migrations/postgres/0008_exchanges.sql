-- Exchanges for another show: a reservation there that says which one its seats came from, and what
-- was paid that went along with them.
ALTER TABLE reservations ADD COLUMN from_id BIGINT REFERENCES reservations (id);
CREATE INDEX reservations_by_from ON reservations (from_id) WHERE from_id IS NOT NULL;

-- 1: carried from one reservation to another, in the same tender: nothing changed hands.
ALTER TABLE payments ADD COLUMN carried BIGINT NOT NULL DEFAULT 0 CHECK (carried IN (0, 1));
