-- Minutes in which samples were taken, of everybody: where a workspace or site has none then, nobody was there. A bit for each minute.
CREATE TABLE looked_at (
  at      INTEGER NOT NULL PRIMARY KEY,
  minutes INTEGER NOT NULL
) STRICT;
