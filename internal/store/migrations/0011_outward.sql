-- What others say of references: registries, and whoever answers at their addresses.

-- Which DOI a registry proposes for a printed reference, and what an editor says of
-- it. An accepted one is that editor's word.
CREATE TABLE reference_match (
	id         TEXT PRIMARY KEY,          -- of the article and the printed text
	article_id TEXT NOT NULL,
	printed    TEXT NOT NULL,             -- SHA-256 of the printed text
	doi        TEXT NOT NULL,             -- empty: asked, and nothing is near
	record     TEXT NOT NULL,             -- what the registry has of it
	confidence DOUBLE PRECISION NOT NULL,
	state      TEXT NOT NULL,             -- proposed, accepted, rejected, none
	asked      TEXT NOT NULL,
	actor      TEXT NOT NULL,             -- who decided
	decided    TEXT NOT NULL
);
CREATE INDEX reference_match_article ON reference_match (article_id);

-- What a registry says has become of a cited work.
CREATE TABLE work_status (
	doi     TEXT PRIMARY KEY,             -- in small letters
	checked TEXT NOT NULL,
	known   BOOLEAN NOT NULL,             -- the registry has it
	updates TEXT NOT NULL                 -- retractions and the like
);

-- Which addresses of references answer.
CREATE TABLE link_health (
	url     TEXT PRIMARY KEY,
	checked TEXT NOT NULL,
	state   TEXT NOT NULL,                -- ok, gone, failing, unreachable, refused
	status  BIGINT NOT NULL,              -- of HTTP, 0 without an answer
	note    TEXT NOT NULL,
	since   TEXT NOT NULL                 -- from when on it has been in this state
);
