-- Conversations and their messages. Times are epoch ms; JSON is opaque text; what is not decided by a column is in none.

-- The last change of each workspace: raised in the transaction that stores one.
CREATE TABLE chat_head (
  workspace TEXT    NOT NULL PRIMARY KEY,
  chat_seq  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation (
  id                TEXT    NOT NULL PRIMARY KEY,
  workspace         TEXT    NOT NULL,
  site              TEXT    NOT NULL,
  source            TEXT    NOT NULL,
  visitor           TEXT    NOT NULL,
  cookieless        INTEGER NOT NULL,
  status            TEXT    NOT NULL,
  -- The agent who has it or invited, '' else; of a resolved one the last. `ai`: the AI agent that has it.
  agent             TEXT    NOT NULL,
  ai                TEXT    NOT NULL,
  -- When this status began.
  phase_at          INTEGER NOT NULL,
  seen_at           INTEGER NOT NULL,
  epoch             INTEGER NOT NULL,
  team              TEXT    NOT NULL,
  name              TEXT    NOT NULL,
  email             TEXT    NOT NULL,
  verified          INTEGER NOT NULL,
  tags              TEXT    NOT NULL,
  started_at        INTEGER NOT NULL,
  last_message_at   INTEGER NOT NULL,
  awaiting_since    INTEGER NOT NULL,
  seq               INTEGER NOT NULL,
  rev               INTEGER NOT NULL,
  shown_rev         INTEGER NOT NULL,
  visitor_delivered INTEGER NOT NULL,
  visitor_read      INTEGER NOT NULL,
  team_delivered    INTEGER NOT NULL,
  team_read         INTEGER NOT NULL,
  visitor_seq       INTEGER NOT NULL,
  rating            TEXT,
  blocked_until     INTEGER NOT NULL,
  chat_seq          INTEGER NOT NULL,
  -- Since when somebody waits, in the queue or for an answer; 0: nobody does. For the order of the inbox.
  waiting_since     INTEGER NOT NULL,
  -- Name and address, folded.
  search            TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_by_time ON conversation (workspace, last_message_at, id);
-- Not by anything that a message changes: those who wait and those who chat are few, what a message writes is not.
CREATE INDEX conversation_active ON conversation (workspace, status, phase_at, id) WHERE status <> 'resolved';
CREATE INDEX conversation_resolved ON conversation (workspace, phase_at, id) WHERE status = 'resolved';
CREATE INDEX conversation_by_wait ON conversation (workspace, waiting_since, id) WHERE waiting_since > 0;
CREATE INDEX conversation_by_agent ON conversation (workspace, agent, status);
CREATE INDEX conversation_by_visitor ON conversation (workspace, visitor, started_at, id);
CREATE INDEX conversation_by_change ON conversation (workspace, chat_seq);

CREATE TABLE conversation_tag (
  workspace    TEXT NOT NULL,
  tag          TEXT NOT NULL,
  conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  PRIMARY KEY (workspace, tag, conversation)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_tag_by_conversation ON conversation_tag (conversation);

CREATE TABLE message (
  id           INTEGER NOT NULL PRIMARY KEY,
  workspace    TEXT    NOT NULL,
  conversation TEXT    NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  seq          INTEGER NOT NULL,
  rev          INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  from_kind    TEXT    NOT NULL,
  from_id      TEXT    NOT NULL,
  -- Under whose name `cid` is unique; '' for what the system adds.
  sender       TEXT    NOT NULL,
  cid          TEXT    NOT NULL,
  kind         TEXT    NOT NULL,
  body         TEXT    NOT NULL,
  edited_at    INTEGER NOT NULL,
  gone         TEXT    NOT NULL,
  answered_by  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX message_by_seq ON message (conversation, seq);
CREATE INDEX message_by_rev ON message (conversation, rev, seq);
CREATE UNIQUE INDEX message_by_cid ON message (workspace, sender, cid) WHERE cid <> '';

-- Words are found and folded by the program, with blanks between them: the ascii tokenizer cuts there and nowhere else.
-- rowid is the message's id.
CREATE VIRTUAL TABLE message_search USING fts5 (
  text, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3 4 5 6', tokenize = 'ascii'
);

-- Messages that are new or have changed since they were indexed. Indexing each in its own savepoint would cost a segment of the index
-- (300 µs, and merges) for every message; some together cost one.
CREATE TABLE message_to_index (
  message INTEGER NOT NULL PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE
) STRICT;

-- How far each agent has seen each conversation.
CREATE TABLE chat_seen (
  conversation TEXT    NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  agent        TEXT    NOT NULL,
  seq          INTEGER NOT NULL,
  PRIMARY KEY (conversation, agent)
) STRICT, WITHOUT ROWID;

CREATE TABLE chat_file (
  id           TEXT    NOT NULL PRIMARY KEY,
  workspace    TEXT    NOT NULL,
  sender       TEXT    NOT NULL,
  -- '' until it is in a message.
  conversation TEXT    NOT NULL,
  seq          INTEGER NOT NULL,
  name         TEXT    NOT NULL,
  type         TEXT    NOT NULL,
  bytes        INTEGER NOT NULL,
  width        INTEGER NOT NULL,
  height       INTEGER NOT NULL,
  sha256       TEXT    NOT NULL,
  created_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_file_unused ON chat_file (created_at) WHERE conversation = '';
CREATE INDEX chat_file_by_conversation ON chat_file (conversation);

CREATE TABLE canned_reply (
  id         TEXT    NOT NULL PRIMARY KEY,
  workspace  TEXT    NOT NULL,
  shortcut   TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  shared     INTEGER NOT NULL,
  created_by TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX canned_reply_by_workspace ON canned_reply (workspace, shortcut);

CREATE TABLE chat_team (
  id        TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  name      TEXT NOT NULL,
  members   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_team_by_workspace ON chat_team (workspace, name);

CREATE TABLE chat_agent (
  workspace        TEXT    NOT NULL,
  agent            TEXT    NOT NULL,
  capacity         INTEGER,
  available        TEXT    NOT NULL,
  last_assigned_at INTEGER NOT NULL,
  PRIMARY KEY (workspace, agent)
) STRICT, WITHOUT ROWID;

CREATE TABLE chat_settings (
  workspace TEXT NOT NULL PRIMARY KEY,
  settings  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
