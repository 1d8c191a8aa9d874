-- Who may do what. Tokens are kept as SHA-256 only; times are epoch ms; JSON is opaque text.

CREATE TABLE secret (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- At most one row: the set-up token that is valid now.
CREATE TABLE setup_token (
  only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
  hash TEXT    NOT NULL
) STRICT;

CREATE TABLE workspace (
  id               TEXT    NOT NULL PRIMARY KEY,
  name             TEXT    NOT NULL,
  settings         TEXT    NOT NULL,
  tracking_in_plan INTEGER NOT NULL,
  created_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
  id            TEXT    NOT NULL PRIMARY KEY,
  workspace     TEXT    NOT NULL REFERENCES workspace (id),
  name          TEXT    NOT NULL,
  email         TEXT    NOT NULL UNIQUE,
  role          TEXT    NOT NULL,
  password_hash TEXT    NOT NULL,
  created_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX member_by_workspace ON member (workspace, created_at, id);

CREATE TABLE session (
  id_hash      TEXT    NOT NULL PRIMARY KEY,
  member       TEXT    NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  workspace    TEXT    NOT NULL REFERENCES workspace (id),
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  address_hash TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_workspace ON session (workspace, expires_at);
CREATE INDEX session_by_member ON session (member);
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE invitation (
  id         TEXT    NOT NULL PRIMARY KEY,
  workspace  TEXT    NOT NULL REFERENCES workspace (id),
  role       TEXT    NOT NULL,
  email      TEXT,
  token_hash TEXT    NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_by_workspace ON invitation (workspace, created_at, id);

CREATE TABLE site (
  id              TEXT    NOT NULL PRIMARY KEY,
  workspace       TEXT    NOT NULL REFERENCES workspace (id),
  key             TEXT    NOT NULL UNIQUE,
  name            TEXT    NOT NULL,
  domain          TEXT    NOT NULL,
  origins         TEXT    NOT NULL,
  params          TEXT    NOT NULL,
  hash_routing    INTEGER NOT NULL,
  count_automated INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  seen_at         INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX site_by_workspace ON site (workspace, created_at, id);

CREATE TABLE block (
  id           TEXT    NOT NULL PRIMARY KEY,
  workspace    TEXT    NOT NULL REFERENCES workspace (id),
  address_hash TEXT    NOT NULL,
  note         TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  created_by   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  id        INTEGER NOT NULL PRIMARY KEY,
  workspace TEXT    NOT NULL,
  member    TEXT    NOT NULL,
  at        INTEGER NOT NULL,
  action    TEXT    NOT NULL,
  detail    TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_by_workspace ON audit (workspace, at);
