-- What pages of a site are and what reaches its goals, as JSON. A site that changed nothing has no row, and follows what ships.
CREATE TABLE site_rules (
  site  TEXT NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  what  TEXT NOT NULL,
  rules TEXT NOT NULL,
  PRIMARY KEY (site, what)
) STRICT, WITHOUT ROWID;
