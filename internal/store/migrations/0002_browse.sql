-- What readers find their way by: people, keywords, sections, related articles,
-- and how an article stands.

-- Derived: the gravest thing that the article or another one says of it.
ALTER TABLE article ADD COLUMN standing TEXT NOT NULL DEFAULT '';

-- Derived: the related works that an article names. The target is "doi:" with
-- the DOI in lower case, "slug:" with the journal's id and the address, or empty
-- for a work that is named otherwise.
CREATE TABLE mention (
	target     TEXT NOT NULL,
	article_id TEXT NOT NULL,
	relation   TEXT NOT NULL,
	PRIMARY KEY (target, article_id, relation)
);
CREATE INDEX mention_article ON mention (article_id);

-- How far that which is derived for browsing has come in the change feed. Its
-- one row is locked by whoever derives.
CREATE TABLE follower (
	name TEXT PRIMARY KEY,
	seq  BIGINT NOT NULL
);
INSERT INTO follower (name, seq) VALUES ('browse', 0);

-- A person is an address that stays for ever. The columns below the line are
-- derived from what the articles say.
CREATE TABLE person (
	id         TEXT PRIMARY KEY,
	journal_id TEXT NOT NULL REFERENCES journal (id),
	slug       TEXT NOT NULL,
	joined     TEXT NOT NULL DEFAULT '',  -- the person that this one is
	created    TEXT NOT NULL,
	-- derived
	record     TEXT NOT NULL,             -- names and ORCID iDs
	letter     TEXT NOT NULL,             -- under which an index has it
	sort       BYTEA NOT NULL,            -- collation key of the name
	articles   BIGINT NOT NULL,
	UNIQUE (journal_id, slug)
);
CREATE INDEX person_index ON person (journal_id, letter, sort, id) WHERE articles > 0;

-- A mark is something by which a person is known: an ORCID iD, a full name, or
-- the name in one article. Whose it was last is kept for ever.
CREATE TABLE person_mark (
	journal_id TEXT NOT NULL,
	mark       TEXT NOT NULL,
	person_id  TEXT NOT NULL REFERENCES person (id),
	PRIMARY KEY (journal_id, mark)
);
CREATE INDEX person_mark_person ON person_mark (person_id);

-- The word of an editor: two marks are one person.
CREATE TABLE person_join (
	journal_id TEXT NOT NULL,
	mark       TEXT NOT NULL,
	other      TEXT NOT NULL,
	created    TEXT NOT NULL,
	PRIMARY KEY (journal_id, mark, other)
);
CREATE INDEX person_join_other ON person_join (journal_id, other);

-- The word of an editor: in this article the mark is another person's.
CREATE TABLE person_split (
	article_id TEXT NOT NULL REFERENCES article (id),
	mark       TEXT NOT NULL,
	created    TEXT NOT NULL,
	PRIMARY KEY (article_id, mark)
);

-- Derived: the authors of articles in the order of the record.
CREATE TABLE authorship (
	article_id TEXT NOT NULL,
	position   BIGINT NOT NULL,
	person_id  TEXT NOT NULL,
	record     TEXT NOT NULL,             -- names, ORCID iD and institutions there
	PRIMARY KEY (article_id, position)
);
CREATE INDEX authorship_person ON authorship (person_id, article_id);

-- Derived: the marks of an authorship.
CREATE TABLE authorship_mark (
	journal_id TEXT NOT NULL,
	mark       TEXT NOT NULL,
	article_id TEXT NOT NULL,
	position   BIGINT NOT NULL,
	PRIMARY KEY (journal_id, mark, article_id, position)
);
CREATE INDEX authorship_mark_article ON authorship_mark (article_id, position);

-- A keyword in one language is an address that stays. The number is derived.
CREATE TABLE keyword (
	id         TEXT PRIMARY KEY,
	journal_id TEXT NOT NULL REFERENCES journal (id),
	slug       TEXT NOT NULL,
	lang       TEXT NOT NULL,
	folded     TEXT NOT NULL,
	word       TEXT NOT NULL,             -- as first printed
	letter     TEXT NOT NULL,
	sort       BYTEA NOT NULL,
	articles   BIGINT NOT NULL DEFAULT 0,
	UNIQUE (journal_id, slug),
	UNIQUE (journal_id, lang, folded)
);
CREATE INDEX keyword_index ON keyword (journal_id, letter, sort, id) WHERE articles > 0;

-- Derived: the keywords of an article, by the place of the list and the place in
-- it. Lists of the same size are translations of each other.
CREATE TABLE article_keyword (
	article_id TEXT NOT NULL,
	list       BIGINT NOT NULL,
	position   BIGINT NOT NULL,
	size       BIGINT NOT NULL,
	keyword_id TEXT NOT NULL,
	PRIMARY KEY (article_id, list, position)
);
CREATE INDEX article_keyword_keyword ON article_keyword (keyword_id, article_id);

-- A heading of the journal is an address that stays.
CREATE TABLE section (
	id         TEXT PRIMARY KEY,
	journal_id TEXT NOT NULL REFERENCES journal (id),
	slug       TEXT NOT NULL,
	texts      TEXT NOT NULL,             -- by language
	UNIQUE (journal_id, slug)
);

-- By which words, folded, a heading is known again.
CREATE TABLE section_word (
	journal_id TEXT NOT NULL,
	folded     TEXT NOT NULL,
	section_id TEXT NOT NULL REFERENCES section (id),
	PRIMARY KEY (journal_id, folded)
);

-- Derived: where an article stands.
CREATE TABLE article_place (
	article_id TEXT PRIMARY KEY,
	journal_id TEXT NOT NULL,
	section_id TEXT NOT NULL,             -- or empty
	type       TEXT NOT NULL
);
CREATE INDEX article_place_section ON article_place (section_id, article_id) WHERE section_id <> '';
CREATE INDEX article_place_type    ON article_place (journal_id, type, article_id);

-- Derived: the works that articles cite, each as a number made of its DOI or its
-- printed text and the journal.
CREATE TABLE cited (
	work       BIGINT NOT NULL,
	article_id TEXT NOT NULL,
	PRIMARY KEY (work, article_id)
);
CREATE INDEX cited_article ON cited (article_id);

-- Derived: articles that have something in common, in both directions.
CREATE TABLE kin (
	article_id TEXT NOT NULL,
	other_id   TEXT NOT NULL,
	score      BIGINT NOT NULL,
	sources    BIGINT NOT NULL,
	authors    BIGINT NOT NULL,
	keywords   BIGINT NOT NULL,
	PRIMARY KEY (article_id, other_id)
);
CREATE INDEX kin_other ON kin (other_id);
CREATE INDEX kin_best  ON kin (article_id, score);
