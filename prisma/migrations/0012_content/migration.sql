-- The course and its content: products (catalog), units, assets, languages and personas (content), published versions
-- (versions), how far one has read (progress), files, and imports.

CREATE FUNCTION is_language(tag text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT tag ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' $$;

-- products ----------------------------------------------------------------------------------------------------------

CREATE TABLE product_types (product_type_id uuid PRIMARY KEY, key text NOT NULL UNIQUE, name text NOT NULL);
COMMENT ON TABLE product_types IS 'What can be offered: a course, a book, a video, a path. Nobody''s; kept.';
INSERT INTO product_types VALUES
  ('00000000-0000-4000-8000-000000000301', 'course', 'Course'), ('00000000-0000-4000-8000-000000000302', 'book', 'Book'),
  ('00000000-0000-4000-8000-000000000303', 'video', 'Video'), ('00000000-0000-4000-8000-000000000304', 'path', 'Path');

CREATE TABLE products (
  product_id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  product_type_id uuid NOT NULL REFERENCES product_types,
  owner_node_id uuid NOT NULL,
  slug text NOT NULL,
  title text,
  summary text NOT NULL DEFAULT '',
  language text NOT NULL DEFAULT 'en' CHECK (is_language(language)),
  archived_at timestamptz,
  archived_by uuid,
  row_version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, coalesce(title, '') || ' ' || slug || ' ' || summary)) STORED,
  UNIQUE (org_id, slug),
  UNIQUE (org_id, product_id),
  FOREIGN KEY (org_id, owner_node_id) REFERENCES organization_node (org_id, node_id)
);
CREATE INDEX products_node ON products (owner_node_id);
CREATE INDEX products_search ON products USING gin (search);
COMMENT ON TABLE products IS 'What is offered; a course''s title is its course_name. The organisation''s; kept.';

CREATE TABLE product_node (
  product_id uuid NOT NULL REFERENCES products,
  node_id uuid NOT NULL REFERENCES organization_node,
  PRIMARY KEY (product_id, node_id)
);
CREATE INDEX product_node_node ON product_node (node_id);
COMMENT ON TABLE product_node IS 'Where a product is offered: at a place and everywhere below it. The organisation''s; kept.';

INSERT INTO products (product_id, org_id, product_type_id, owner_node_id, slug, created_at)
  SELECT course_id, org_id, '00000000-0000-4000-8000-000000000301', node_id, slug, created_at FROM courses;
ALTER TABLE courses
  ADD COLUMN row_version int NOT NULL DEFAULT 1,
  ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, course_name)) STORED,
  ADD CONSTRAINT courses_product FOREIGN KEY (course_id) REFERENCES products (product_id);
CREATE INDEX courses_search ON courses USING gin (search);

-- structure ---------------------------------------------------------------------------------------------------------

-- A topic that was taken out of its course has no module; published versions and what was asked about it still know it.
ALTER TABLE topics
  ALTER COLUMN module_no DROP NOT NULL,
  ADD COLUMN row_version int NOT NULL DEFAULT 1,
  ADD COLUMN content_hash text GENERATED ALWAYS AS (md5(topic_name)) STORED,
  ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, topic_name)) STORED,
  DROP CONSTRAINT topics_course_id_module_no_fkey;
ALTER TABLE topics ADD CONSTRAINT topics_course_id_module_no_fkey FOREIGN KEY (course_id, module_no) REFERENCES chapters (course_id, module_no) ON UPDATE CASCADE;
CREATE INDEX topics_search ON topics USING gin (search);
ALTER TABLE chapters ADD COLUMN content_hash text GENERATED ALWAYS AS (md5(title || E'\n' || introduction)) STORED;

-- content -----------------------------------------------------------------------------------------------------------

CREATE TABLE course_units (
  unit_id uuid PRIMARY KEY,
  course_id uuid NOT NULL,
  topic_id uuid NOT NULL,
  position int NOT NULL CHECK (position > 0),
  unit_type text NOT NULL CHECK (unit_type IN ('text', 'image', 'video', 'ppt')),
  content_key text NOT NULL,
  UNIQUE (topic_id, position) DEFERRABLE INITIALLY IMMEDIATE,
  UNIQUE (topic_id, content_key) DEFERRABLE INITIALLY IMMEDIATE,
  FOREIGN KEY (course_id, topic_id) REFERENCES topics (course_id, topic_id)
);
COMMENT ON TABLE course_units IS 'The blocks of a topic in order; topics.text_content is the same as a layout. The organisation''s; kept.';

CREATE TABLE topic_content_assets (
  asset_id uuid PRIMARY KEY,
  course_id uuid NOT NULL,
  topic_id uuid NOT NULL,
  content_key text NOT NULL,
  content_type text NOT NULL CHECK (content_type IN ('text', 'image', 'video', 'ppt')),
  persona_key text CHECK (persona_key IN ('non_it_migrant', 'rote_memorizer', 'english_hesitant', 'last_minute_panic', 'pseudo_coder')),
  narrator text CHECK (narrator IN ('sports', 'cooking', 'adventure')),
  payload jsonb NOT NULL,
  content_hash text GENERATED ALWAYS AS (md5(payload::text)) STORED,
  row_version int NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid,
  CHECK (persona_key IS NULL OR narrator IS NULL),
  CONSTRAINT topic_content_assets_one UNIQUE NULLS NOT DISTINCT (topic_id, content_key, persona_key, narrator),
  FOREIGN KEY (course_id, topic_id) REFERENCES topics (course_id, topic_id)
);
COMMENT ON TABLE topic_content_assets IS 'What a block says, in the course''s own language: for everybody, for a persona, or in a narrator''s voice. The organisation''s; kept.';

CREATE TABLE course_files (
  file_id uuid PRIMARY KEY,
  course_id uuid NOT NULL REFERENCES courses,
  sha256 text NOT NULL,
  name text NOT NULL,
  mime text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid,
  UNIQUE (course_id, sha256, name)
);
COMMENT ON TABLE course_files IS 'Files that were put up for a course; their bytes lie in the store of files under the hash. The organisation''s; kept.';

CREATE TABLE learner_persona_profiles (
  profile_id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users,
  course_id uuid NOT NULL REFERENCES courses,
  persona_key text NOT NULL CHECK (persona_key IN ('non_it_migrant', 'rote_memorizer', 'english_hesitant', 'last_minute_panic', 'pseudo_coder')),
  source text NOT NULL CHECK (source IN ('chosen', 'assigned')),
  updated_at timestamptz NOT NULL,
  updated_by uuid,
  UNIQUE (user_id, course_id)
);
COMMENT ON TABLE learner_persona_profiles IS 'For which persona somebody reads a course, and whether they chose it. The person''s; kept until they close their account.';

CREATE TABLE topic_personalization (
  user_id uuid NOT NULL REFERENCES users,
  course_id uuid NOT NULL REFERENCES courses,
  persona text NOT NULL CHECK (persona IN ('normal', 'sports', 'cooking', 'adventure')),
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, course_id)
);
COMMENT ON TABLE topic_personalization IS 'In whose voice somebody likes a course told. The person''s; kept until they close their account.';

-- languages ---------------------------------------------------------------------------------------------------------

CREATE TABLE org_languages (
  org_id uuid NOT NULL REFERENCES org,
  language text NOT NULL CHECK (is_language(language)),
  position int NOT NULL CHECK (position > 0),
  PRIMARY KEY (org_id, language),
  UNIQUE (org_id, position) DEFERRABLE INITIALLY IMMEDIATE
);
COMMENT ON TABLE org_languages IS 'The languages that an organisation falls back to, in order. The organisation''s; kept.';

CREATE TABLE product_languages (
  product_id uuid NOT NULL REFERENCES products,
  language text NOT NULL CHECK (is_language(language)),
  title text,
  summary text,
  source_hash text NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'ai', 'reviewed')),
  translator_id uuid,
  row_version int NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (product_id, language)
);
COMMENT ON TABLE product_languages IS 'Titles and summaries of products in other languages. The organisation''s; kept.';

CREATE TABLE chapter_languages (
  chapter_id uuid NOT NULL REFERENCES chapters,
  language text NOT NULL CHECK (is_language(language)),
  title text,
  introduction text,
  source_hash text NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'ai', 'reviewed')),
  translator_id uuid,
  row_version int NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (chapter_id, language)
);
COMMENT ON TABLE chapter_languages IS 'Titles and introductions of modules in other languages. The organisation''s; kept.';

CREATE TABLE topic_languages (
  topic_id uuid NOT NULL REFERENCES topics,
  language text NOT NULL CHECK (is_language(language)),
  topic_name text NOT NULL,
  source_hash text NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'ai', 'reviewed')),
  translator_id uuid,
  row_version int NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic_id, language)
);
COMMENT ON TABLE topic_languages IS 'Names of topics in other languages. The organisation''s; kept.';

CREATE TABLE content_asset_languages (
  asset_id uuid NOT NULL REFERENCES topic_content_assets ON DELETE CASCADE,
  language text NOT NULL CHECK (is_language(language)),
  payload jsonb NOT NULL,
  content_hash text GENERATED ALWAYS AS (md5(payload::text)) STORED,
  source_hash text NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'ai', 'reviewed')),
  translator_id uuid,
  row_version int NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (asset_id, language)
);
COMMENT ON TABLE content_asset_languages IS 'What blocks say in other languages; stale where source_hash is not the asset''s content_hash. The organisation''s; kept.';

CREATE TABLE cold_call_prompt_languages (
  prompt_id uuid NOT NULL REFERENCES cold_call_prompts,
  language text NOT NULL CHECK (is_language(language)),
  text text NOT NULL,
  options text[],
  PRIMARY KEY (prompt_id, language)
);
COMMENT ON TABLE cold_call_prompt_languages IS 'Prompts in other languages, as they were asked. The organisation''s; kept with the prompt.';

ALTER TABLE cohorts ADD COLUMN language text CHECK (is_language(language));

-- versions ----------------------------------------------------------------------------------------------------------

CREATE TABLE course_versions (
  version_id uuid PRIMARY KEY,
  course_id uuid NOT NULL REFERENCES courses,
  version_no int NOT NULL CHECK (version_no > 0),
  snapshot jsonb NOT NULL,
  content_hash text NOT NULL,
  note text NOT NULL DEFAULT '',
  restored_from int,
  published_at timestamptz NOT NULL,
  published_by uuid,
  UNIQUE (course_id, version_no),
  UNIQUE (course_id, version_id)
);
COMMENT ON TABLE course_versions IS 'What was published: titles, modules and the order of topics; never changed. The organisation''s; kept.';

CREATE TABLE topic_snapshots (
  topic_id uuid NOT NULL REFERENCES topics,
  topic_hash text NOT NULL,
  topic_name text NOT NULL,
  names jsonb NOT NULL,
  units jsonb NOT NULL,
  PRIMARY KEY (topic_id, topic_hash)
);
COMMENT ON TABLE topic_snapshots IS 'Topics as they were published, once for all versions that hold the same; never changed. The organisation''s; kept.';

CREATE TABLE asset_snapshots (
  topic_id uuid NOT NULL,
  topic_hash text NOT NULL,
  asset_id uuid NOT NULL,
  content_key text NOT NULL,
  content_type text NOT NULL,
  persona_key text,
  narrator text,
  language text NOT NULL, -- '' is the course's own
  status text NOT NULL,
  source_hash text, -- of a translation: what it was made from
  stale boolean NOT NULL,
  payload jsonb NOT NULL,
  PRIMARY KEY (topic_id, topic_hash, asset_id, language),
  FOREIGN KEY (topic_id, topic_hash) REFERENCES topic_snapshots
);
COMMENT ON TABLE asset_snapshots IS 'What the blocks of a published topic say, for each persona, narrator and language; never changed. The organisation''s; kept.';

CREATE TABLE course_version_topics (
  version_id uuid NOT NULL REFERENCES course_versions,
  topic_id uuid NOT NULL,
  topic_hash text NOT NULL,
  module_no int NOT NULL,
  topic_number int NOT NULL,
  PRIMARY KEY (version_id, topic_id),
  FOREIGN KEY (topic_id, topic_hash) REFERENCES topic_snapshots
);
CREATE INDEX course_version_topics_topic ON course_version_topics (topic_id);
COMMENT ON TABLE course_version_topics IS 'Which topics a version holds, where and as what; never changed. The organisation''s; kept.';

CREATE FUNCTION published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was published is never changed (%)', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON course_versions FOR EACH ROW EXECUTE FUNCTION published_stays();
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON topic_snapshots FOR EACH ROW EXECUTE FUNCTION published_stays();
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON asset_snapshots FOR EACH ROW EXECUTE FUNCTION published_stays();
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON course_version_topics FOR EACH ROW EXECUTE FUNCTION published_stays();

CREATE TABLE course_details (
  course_id uuid PRIMARY KEY REFERENCES courses,
  level text CHECK (level IN ('beginner', 'intermediate', 'advanced')),
  current_version_id uuid,
  FOREIGN KEY (course_id, current_version_id) REFERENCES course_versions (course_id, version_id)
);
COMMENT ON TABLE course_details IS 'What only a course has. The organisation''s; kept.';
INSERT INTO course_details (course_id) SELECT course_id FROM courses;

ALTER TABLE cohorts ADD COLUMN version_id uuid, ADD CONSTRAINT cohorts_version FOREIGN KEY (course_id, version_id) REFERENCES course_versions (course_id, version_id);

-- What was one text becomes one block with the key "text".
INSERT INTO topic_content_assets (asset_id, course_id, topic_id, content_key, content_type, payload)
  SELECT gen_random_uuid(), course_id, topic_id, 'text', 'text', jsonb_build_object('markdown', text_content) FROM topics WHERE text_content <> '';
INSERT INTO course_units (unit_id, course_id, topic_id, position, unit_type, content_key)
  SELECT gen_random_uuid(), course_id, topic_id, 1, 'text', 'text' FROM topics WHERE text_content <> '';
UPDATE topics SET text_content = CASE WHEN text_content = '' THEN '{"blocks":[]}' ELSE '{"blocks":[{"type":"text","contentKey":"text"}]}' END;
ALTER TABLE topics ALTER COLUMN text_content SET DEFAULT '{"blocks":[]}';

-- progress ----------------------------------------------------------------------------------------------------------

CREATE TABLE topic_progress (
  user_id uuid NOT NULL REFERENCES users,
  topic_id uuid NOT NULL,
  course_id uuid NOT NULL,
  percent int NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
  content_key text,
  seen_at timestamptz NOT NULL,
  completed_at timestamptz,
  PRIMARY KEY (user_id, topic_id),
  FOREIGN KEY (course_id, topic_id) REFERENCES topics (course_id, topic_id)
);
CREATE INDEX topic_progress_course ON topic_progress (user_id, course_id, seen_at);
COMMENT ON TABLE topic_progress IS 'How far somebody has read, and where they left off. The person''s; kept until they close their account.';

-- imports -----------------------------------------------------------------------------------------------------------

CREATE TABLE import_jobs (
  job_id uuid PRIMARY KEY,
  org_id uuid NOT NULL REFERENCES org,
  node_id uuid NOT NULL,
  slug text NOT NULL,
  course_name text,
  course_id uuid REFERENCES courses,
  mode text NOT NULL CHECK (mode IN ('dry', 'apply')),
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  done int NOT NULL DEFAULT 0,
  total int,
  counts jsonb NOT NULL DEFAULT '{}',
  trouble text,
  alive_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  FOREIGN KEY (org_id, node_id) REFERENCES organization_node (org_id, node_id)
);
CREATE INDEX import_jobs_by ON import_jobs (created_by, created_at);
COMMENT ON TABLE import_jobs IS 'Imports of courses, and what became of them. The organisation''s; kept for 90 days.';

CREATE TABLE import_rows (
  job_id uuid NOT NULL REFERENCES import_jobs ON DELETE CASCADE,
  n int NOT NULL,
  path text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('added', 'updated', 'unchanged', 'skipped', 'failed')),
  note text NOT NULL,
  line int,
  PRIMARY KEY (job_id, n)
);
COMMENT ON TABLE import_rows IS 'What became of each file of an import. The organisation''s; kept with the import.';

-- who may read --------------------------------------------------------------------------------------------------------

/* Whose courses somebody may read: granted at its place, or in one of its cohorts. */
CREATE FUNCTION readable(actor uuid) RETURNS TABLE (course_id uuid) LANGUAGE sql STABLE AS $$
  SELECT c.course_id FROM granted(actor) g JOIN courses c ON c.node_id = g.node_id WHERE g.permission = 'course.read' AND g.cohort_id IS NULL
  UNION SELECT h.course_id FROM standings(actor) s JOIN cohorts h USING (cohort_id)
$$;

/* Whose products somebody finds in the catalogue: what is offered at or above a place where they stand, and what they may read. */
CREATE FUNCTION offered(actor uuid) RETURNS TABLE (product_id uuid) LANGUAGE sql STABLE AS $$
  SELECT p.product_id FROM product_node p JOIN organization_node n USING (node_id) WHERE EXISTS (
    SELECT 1 FROM organization_node below WHERE below.path <@ n.path AND below.org_id = n.org_id AND below.node_id IN (
      SELECT f.node_id FROM grants_in_force f WHERE f.user_id = actor AND f.allows
      UNION ALL SELECT h.node_id FROM standings(actor) s JOIN cohorts h USING (cohort_id)))
  UNION SELECT p.product_id FROM granted(actor) g JOIN products p ON p.owner_node_id = g.node_id WHERE g.permission = 'course.read' AND g.cohort_id IS NULL
  UNION SELECT h.course_id FROM standings(actor) s JOIN cohorts h USING (cohort_id)
$$;
