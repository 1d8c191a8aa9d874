-- Goals reached in a conversation, or by its visitor while it went on: JSON of {goal, at, value, currency}, first reached first.
ALTER TABLE conversation ADD COLUMN goals TEXT NOT NULL DEFAULT '[]';
