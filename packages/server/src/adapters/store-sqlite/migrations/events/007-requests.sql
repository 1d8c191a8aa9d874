-- What was asked of chat, API and AI: kept 30 days. Addresses are as masked by the workspace.
CREATE TABLE request (
  id         INTEGER NOT NULL PRIMARY KEY,
  workspace  TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  source     TEXT    NOT NULL,
  endpoint   TEXT    NOT NULL,
  method     TEXT    NOT NULL,
  status     INTEGER NOT NULL,
  latency_ms INTEGER NOT NULL,
  ip         TEXT    NOT NULL,
  country    TEXT    NOT NULL,
  city       TEXT    NOT NULL,
  browser    TEXT    NOT NULL,
  error      TEXT    NOT NULL
) STRICT;
CREATE INDEX request_by_time ON request (workspace, at, id);
CREATE INDEX request_by_age ON request (at);

CREATE TABLE request_rollup (
  workspace  TEXT    NOT NULL,
  dimension  TEXT    NOT NULL,
  hour       INTEGER NOT NULL,
  value      TEXT    NOT NULL,
  requests   INTEGER NOT NULL,
  errors     INTEGER NOT NULL,
  latency_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace, dimension, hour, value)
) STRICT, WITHOUT ROWID;
