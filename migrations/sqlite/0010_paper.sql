-- The terminal at whose printer the tickets of a sale are still to come out; '': nobody owes any.
ALTER TABLE reservations ADD COLUMN paper TEXT NOT NULL DEFAULT '';
CREATE INDEX reservations_by_paper ON reservations (paper) WHERE paper <> '';
