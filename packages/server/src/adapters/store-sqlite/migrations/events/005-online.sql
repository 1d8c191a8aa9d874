-- Who was online at once, by quarter-hour: site '' is the workspace, whose maximum is no sum of those of its sites.
CREATE TABLE online_quarter (
  workspace TEXT    NOT NULL,
  site      TEXT    NOT NULL,
  at        INTEGER NOT NULL,
  most      INTEGER NOT NULL,
  sum       INTEGER NOT NULL,
  samples   INTEGER NOT NULL,
  PRIMARY KEY (workspace, site, at)
) STRICT, WITHOUT ROWID;
INSERT INTO online_quarter
  SELECT workspace, site, at - at % 900000, max(online), sum(online), count(*) FROM online_sample GROUP BY workspace, site, at / 900000;
INSERT INTO online_quarter
  SELECT workspace, '', at - at % 900000, max(online), sum(online), count(*)
  FROM (SELECT workspace, at, sum(online) AS online FROM online_sample GROUP BY workspace, at) GROUP BY workspace, at / 900000;
