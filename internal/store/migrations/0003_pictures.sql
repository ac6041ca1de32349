-- What was derived from the picture files of articles, by the SHA-256 of the
-- original. It can be made again.
CREATE TABLE picture (
	sha256  TEXT PRIMARY KEY,
	made_by BIGINT NOT NULL,   -- version of what made it
	record  TEXT NOT NULL
);
