-- Visits, visitors and rollups. Everything is keyed by workspace and site; times are epoch ms; JSON is opaque text.

CREATE TABLE workspace (
  workspace     TEXT    NOT NULL PRIMARY KEY,
  time_zone     TEXT    NOT NULL DEFAULT 'UTC',
  -- While days are being moved to another zone: that zone, and the visitor up to which it is done.
  next_zone     TEXT    NOT NULL DEFAULT '',
  zone_cursor   TEXT    NOT NULL DEFAULT '',
  next_number   INTEGER NOT NULL DEFAULT 1,
  purged_before INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE visit (
  visit            TEXT    NOT NULL PRIMARY KEY,
  workspace        TEXT    NOT NULL,
  site             TEXT    NOT NULL,
  visitor          TEXT    NOT NULL,
  started_at       INTEGER NOT NULL,
  last_activity_at INTEGER NOT NULL,
  ended_at         INTEGER,
  left_at          INTEGER NOT NULL,
  pages            INTEGER NOT NULL,
  -- [at, url, title, at, url, title, …], the last 50.
  trail            TEXT    NOT NULL,
  tabs             TEXT    NOT NULL,
  country          TEXT    NOT NULL,
  region           TEXT    NOT NULL,
  city             TEXT    NOT NULL,
  place            TEXT    NOT NULL,
  lat              REAL    NOT NULL,
  lon              REAL    NOT NULL,
  approximate      INTEGER NOT NULL,
  browser          TEXT    NOT NULL,
  browser_version  TEXT    NOT NULL,
  os               TEXT    NOT NULL,
  os_version       TEXT    NOT NULL,
  device           TEXT    NOT NULL,
  lang             TEXT    NOT NULL,
  time_zone        TEXT    NOT NULL,
  screen           TEXT    NOT NULL,
  referrer         TEXT    NOT NULL,
  referrer_host    TEXT    NOT NULL,
  campaign         TEXT    NOT NULL,
  ip               TEXT    NOT NULL,
  organisation     TEXT    NOT NULL,
  source           TEXT    NOT NULL,
  context          TEXT    NOT NULL,
  filtered         TEXT    NOT NULL,
  name             TEXT    NOT NULL,
  identity         TEXT    NOT NULL,
  -- Which periods this visit is its visitor's first of (bits, see domain/analytics).
  firsts           INTEGER NOT NULL
) STRICT;
-- Reports over own ranges and retention, from the index alone.
CREATE INDEX visit_by_start ON visit (workspace, started_at, site, filtered, visitor);
CREATE INDEX visit_by_visitor ON visit (workspace, visitor, started_at);
-- Running visits only, so a restart and the sweeper never read the history.
CREATE INDEX visit_running ON visit (visit, last_activity_at) WHERE ended_at IS NULL;

CREATE TABLE visitor (
  workspace         TEXT    NOT NULL,
  visitor           TEXT    NOT NULL,
  -- 0: named, but not met yet.
  number            INTEGER NOT NULL,
  visits            INTEGER NOT NULL,
  first_visit_at    INTEGER NOT NULL,
  last_visit_at     INTEGER NOT NULL,
  name              TEXT    NOT NULL,
  identity          TEXT    NOT NULL,
  named_at          INTEGER NOT NULL,
  PRIMARY KEY (workspace, visitor)
) STRICT, WITHOUT ROWID;
CREATE INDEX visitor_named ON visitor (workspace, last_visit_at) WHERE name <> '' OR identity <> '';

-- Visits that have been counted for their visitor, with the answer they were given.
CREATE TABLE met (
  visit             TEXT    NOT NULL PRIMARY KEY,
  visits            INTEGER NOT NULL,
  previous_visit_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The latest counted visit of each visitor on each site: what makes unique visitors exact after the visits are purged.
CREATE TABLE last_counted (
  workspace TEXT    NOT NULL,
  visitor   TEXT    NOT NULL,
  site      TEXT    NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (workspace, visitor, site)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup (
  workspace          TEXT    NOT NULL,
  step               TEXT    NOT NULL,
  dimension          TEXT    NOT NULL,
  from_at            INTEGER NOT NULL,
  site               TEXT    NOT NULL,
  value              TEXT    NOT NULL,
  visits             INTEGER NOT NULL,
  pages              INTEGER NOT NULL,
  visitors           INTEGER NOT NULL,
  workspace_visitors INTEGER NOT NULL,
  PRIMARY KEY (workspace, step, dimension, from_at, site, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE online_sample (
  workspace TEXT    NOT NULL,
  at        INTEGER NOT NULL,
  site      TEXT    NOT NULL,
  online    INTEGER NOT NULL,
  PRIMARY KEY (workspace, at, site)
) STRICT, WITHOUT ROWID;
