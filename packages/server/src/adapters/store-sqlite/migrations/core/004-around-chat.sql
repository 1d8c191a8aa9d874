-- What stands around conversations: blocks by range and visitor, the widget's look, what is known of a chat's visitor, alerts, push, mail.

-- '' of an address: only its keyed hash is kept. `ends_at` NULL: until it is taken back.
ALTER TABLE block ADD COLUMN kind    TEXT NOT NULL DEFAULT 'address';
ALTER TABLE block ADD COLUMN what    TEXT NOT NULL DEFAULT '';
ALTER TABLE block ADD COLUMN label   TEXT NOT NULL DEFAULT '';
ALTER TABLE block ADD COLUMN ends_at INTEGER;

CREATE TABLE site_look (
  site TEXT NOT NULL PRIMARY KEY REFERENCES site (id) ON DELETE CASCADE,
  look TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Of the visitor's browser, as far as the chat itself was told; lives and goes with the conversation.
CREATE TABLE chat_profile (
  conversation TEXT NOT NULL PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
  profile      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
  id         TEXT    NOT NULL PRIMARY KEY,
  workspace  TEXT    NOT NULL,
  member     TEXT    NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  name       TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  filter     TEXT    NOT NULL,
  site       TEXT    NOT NULL,
  sound      INTEGER NOT NULL,
  notify     INTEGER NOT NULL,
  enabled    INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_by_member ON alert (member, created_at, id);

-- One browser, one endpoint, whoever is signed in there last.
CREATE TABLE push_device (
  id         TEXT    NOT NULL PRIMARY KEY,
  workspace  TEXT    NOT NULL,
  member     TEXT    NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  endpoint   TEXT    NOT NULL UNIQUE,
  p256dh     TEXT    NOT NULL,
  auth       TEXT    NOT NULL,
  label      TEXT    NOT NULL,
  lang       TEXT    NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX push_device_by_member ON push_device (member, created_at, id);

CREATE TABLE mail_options (
  workspace     TEXT    NOT NULL PRIMARY KEY,
  options       TEXT    NOT NULL,
  -- Of the last mail; '' when it went well.
  last_error    TEXT    NOT NULL,
  last_error_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_job (
  id           TEXT    NOT NULL PRIMARY KEY,
  workspace    TEXT    NOT NULL,
  kind         TEXT    NOT NULL,
  conversation TEXT    NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  recipient    TEXT    NOT NULL,
  due_at       INTEGER NOT NULL,
  tries        INTEGER NOT NULL,
  UNIQUE (conversation, kind, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_job_by_due ON mail_job (due_at, id);
CREATE INDEX mail_job_by_workspace ON mail_job (workspace);

-- What the mails of a conversation refer to, so that they stand together in the reader's inbox, and how far it was mailed.
CREATE TABLE mail_thread (
  conversation TEXT    NOT NULL PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
  message_id   TEXT    NOT NULL,
  mailed_seq   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
