-- What is counted besides visits, pages and visitors: time on site in ms, values of goals in thousandths, durations of chats in ms.
ALTER TABLE rollup ADD COLUMN amount INTEGER NOT NULL DEFAULT 0;

-- Start of the visitor's counted visit before this one, anywhere and on its site; -1: none. Who was in a range for the first time is then
-- told by one comparison: unique visitors of any range are a scan of an index of numbers, with nothing to sort.
ALTER TABLE visit ADD COLUMN previous_at INTEGER NOT NULL DEFAULT -1;
ALTER TABLE visit ADD COLUMN previous_on_site_at INTEGER NOT NULL DEFAULT -1;
DROP INDEX visit_by_start;
CREATE INDEX visit_by_start ON visit (workspace, started_at, visit, filtered, site, previous_at, previous_on_site_at);

-- Names of the places that rollups know by id.
CREATE TABLE place (
  place   TEXT NOT NULL PRIMARY KEY,
  country TEXT NOT NULL,
  region  TEXT NOT NULL,
  city    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO place SELECT place, country, region, city FROM visit WHERE place <> '' GROUP BY place;

-- Conversations as they are counted: absolute figures, and the zone in whose days they are. The conversations themselves are in core.db.
CREATE TABLE conversation (
  conversation    TEXT    NOT NULL PRIMARY KEY,
  workspace       TEXT    NOT NULL,
  site            TEXT    NOT NULL,
  visitor         TEXT    NOT NULL,
  source          TEXT    NOT NULL,
  status          TEXT    NOT NULL,
  country         TEXT    NOT NULL,
  name            TEXT    NOT NULL,
  email           TEXT    NOT NULL,
  started_at      INTEGER NOT NULL,
  last_message_at INTEGER NOT NULL,
  chat_seq        INTEGER NOT NULL,
  figures         TEXT    NOT NULL,
  zone            TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_by_visitor ON conversation (workspace, visitor, started_at);
CREATE INDEX conversation_by_zone ON conversation (workspace, zone, conversation);

-- Up to which change of its chats a workspace is counted: in the transaction that counts them.
CREATE TABLE chat_mark (
  workspace TEXT    NOT NULL PRIMARY KEY,
  chat_seq  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What has to be worked out once from what is stored, by the program, before it serves.
CREATE TABLE todo (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO todo SELECT 'book_again' WHERE EXISTS (SELECT 1 FROM visit);
