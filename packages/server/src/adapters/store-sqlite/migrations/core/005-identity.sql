-- Verified identity: what a site's own server signs with, and which person a browser was proved to be.

CREATE TABLE site_identity (
  site         TEXT    NOT NULL PRIMARY KEY REFERENCES site (id) ON DELETE CASCADE,
  secret       TEXT    NOT NULL,
  made_at      INTEGER NOT NULL,
  -- The one before the last rotation; '' when there was none.
  before       TEXT    NOT NULL,
  before_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- `subject`: a hash of the site and the id or e-mail that was proved, never the text itself.
CREATE TABLE visitor_subject (
  workspace TEXT    NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  visitor   TEXT    NOT NULL,
  subject   TEXT    NOT NULL,
  seen_at   INTEGER NOT NULL,
  PRIMARY KEY (workspace, visitor)
) STRICT, WITHOUT ROWID;
CREATE INDEX visitor_subject_by_seen ON visitor_subject (seen_at);
