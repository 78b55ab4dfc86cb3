-- 1: given back or sold in an exchange, of which a report tells apart from refunds.
ALTER TABLE takings ADD COLUMN exchanged BIGINT NOT NULL DEFAULT 0 CHECK (exchanged IN (0, 1));
