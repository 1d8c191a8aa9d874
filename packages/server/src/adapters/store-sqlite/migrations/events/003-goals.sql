-- [goal, at, value, currency, goal, at, …] of what the visit reached, oldest first.
ALTER TABLE visit ADD COLUMN goals TEXT NOT NULL DEFAULT '[]';
