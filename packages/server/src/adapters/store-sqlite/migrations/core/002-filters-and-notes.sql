-- What a team keeps for itself: filters, private or shared, and notes about visitors. Who made it may be gone, so no reference.

CREATE TABLE saved_filter (
  id         TEXT    NOT NULL PRIMARY KEY,
  workspace  TEXT    NOT NULL REFERENCES workspace (id),
  name       TEXT    NOT NULL,
  filter     TEXT    NOT NULL,
  shared     INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_filter_by_workspace ON saved_filter (workspace, shared, created_by);

CREATE TABLE note (
  id         TEXT    NOT NULL PRIMARY KEY,
  workspace  TEXT    NOT NULL REFERENCES workspace (id),
  visitor    TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT    NOT NULL
) STRICT;
CREATE INDEX note_by_visitor ON note (workspace, visitor, created_at);
