-- Visits that are in no count, newest first: all, and those of one reason whatever its case. Few of all visits are, and only they are in these.

CREATE INDEX visit_left_out ON visit (workspace, started_at, visit, site) WHERE filtered <> '';
CREATE INDEX visit_left_out_by_reason ON visit (workspace, filtered COLLATE NOCASE, started_at, visit, site) WHERE filtered <> '';
