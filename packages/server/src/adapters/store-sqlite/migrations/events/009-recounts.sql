-- How often a stored visit has left the counts or come back into them: what was counted of the past before is then counted anew.
ALTER TABLE workspace ADD COLUMN recounts INTEGER NOT NULL DEFAULT 0;
