-- The tutor: what it knows (knowledge), what is asked of it and answered (tutor).

-- knowledge -----------------------------------------------------------------------------------------------------------

CREATE TABLE knowledge_topics (
  topic_id uuid NOT NULL,
  topic_hash text NOT NULL, -- '' is as it is written now; else of topic_snapshots
  language text NOT NULL CHECK (is_language(language)),
  course_id uuid NOT NULL,
  source_hash text NOT NULL,
  chunks int NOT NULL,
  trouble text,
  indexed_at timestamptz NOT NULL,
  PRIMARY KEY (topic_id, topic_hash, language),
  FOREIGN KEY (course_id, topic_id) REFERENCES topics (course_id, topic_id)
);
CREATE INDEX knowledge_topics_course ON knowledge_topics (course_id);
COMMENT ON TABLE knowledge_topics IS 'Which topics the tutor knows, in which language and as of which text (source_hash). The organisation''s; kept with the course.';

CREATE TABLE course_chunks (
  chunk_id uuid PRIMARY KEY,
  course_id uuid NOT NULL,
  topic_id uuid NOT NULL,
  topic_hash text NOT NULL,
  language text NOT NULL,
  ord int NOT NULL CHECK (ord > 0),
  content_key text NOT NULL,
  heading text NOT NULL,
  text text NOT NULL CHECK (text <> ''),
  content_hash text NOT NULL,
  terms int NOT NULL CHECK (terms > 0),
  UNIQUE (topic_id, topic_hash, language, ord),
  FOREIGN KEY (topic_id, topic_hash, language) REFERENCES knowledge_topics ON DELETE CASCADE
);
CREATE INDEX course_chunks_course ON course_chunks (course_id, language);
CREATE INDEX course_chunks_hash ON course_chunks (content_hash);
COMMENT ON TABLE course_chunks IS 'Passages of topics, as they stand there, with the headings above them; terms is how many terms they have. The organisation''s; made anew from what is written.';

CREATE TABLE chunk_terms (
  course_id uuid NOT NULL,
  term text NOT NULL,
  chunk_id uuid NOT NULL REFERENCES course_chunks ON DELETE CASCADE,
  tf int NOT NULL CHECK (tf > 0),
  PRIMARY KEY (chunk_id, term)
);
CREATE INDEX chunk_terms_term ON chunk_terms (course_id, term) INCLUDE (chunk_id, tf);
COMMENT ON TABLE chunk_terms IS 'How often a term is in a passage, for BM25. The organisation''s; made anew with the passage.';

CREATE TABLE embeddings (
  model text NOT NULL,
  content_hash text NOT NULL,
  embedding vector NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model, content_hash)
);
COMMENT ON TABLE embeddings IS 'What passages mean, by model and by the hash of what was read. Nobody''s; kept while a passage has the hash.';

-- the tutor -----------------------------------------------------------------------------------------------------------

CREATE TABLE tutor_settings (
  cohort_id uuid PRIMARY KEY REFERENCES cohorts,
  is_on boolean NOT NULL DEFAULT true,
  quota int CHECK (quota BETWEEN 1 AND 1000),
  period text NOT NULL DEFAULT 'day' CHECK (period IN ('day', 'week', 'course')),
  hints_only boolean NOT NULL DEFAULT true,
  asked_most int NOT NULL DEFAULT 2000 CHECK (asked_most BETWEEN 100 AND 4000),
  k int NOT NULL DEFAULT 5 CHECK (k BETWEEN 2 AND 50),
  house_rules text NOT NULL DEFAULT '',
  row_version int NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL,
  updated_by uuid
);
COMMENT ON TABLE tutor_settings IS 'The limits of the tutor in a cohort; none: the defaults. quota null: as often as one likes. k: how many must have asked before a topic is counted. The organisation''s; kept with the cohort.';

CREATE TABLE cp_rag_chat_sessions (
  session_id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users,
  course_id uuid NOT NULL REFERENCES courses,
  cohort_id uuid REFERENCES cohorts,
  title text NOT NULL,
  summary text NOT NULL DEFAULT '',
  summary_until int NOT NULL DEFAULT 0,
  last_seq int NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  CHECK (summary_until <= last_seq)
);
CREATE INDEX cp_rag_chat_sessions_user ON cp_rag_chat_sessions (user_id, course_id, last_at);
CREATE INDEX cp_rag_chat_sessions_cohort ON cp_rag_chat_sessions (cohort_id, last_at);
COMMENT ON TABLE cp_rag_chat_sessions IS 'Somebody''s talks with the tutor about a course; summary tells of the messages up to summary_until. The person''s; kept until they close their account.';

CREATE TABLE cp_rag_chat_messages (
  message_id uuid PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES cp_rag_chat_sessions ON DELETE CASCADE,
  seq int NOT NULL CHECK (seq > 0),
  role text NOT NULL CHECK (role IN ('user', 'assistant')),
  content text NOT NULL,
  state text NOT NULL DEFAULT 'settled' CHECK (state IN ('streaming', 'settled', 'failed', 'interrupted')),
  mode text CHECK (mode IN ('model', 'extractive')),
  finish text CHECK (finish IN ('stop', 'length', 'not_grounded', 'stopped')),
  citations jsonb NOT NULL DEFAULT '[]',
  reason text,
  nearest jsonb NOT NULL DEFAULT '[]',
  error jsonb,
  module_no int,
  topic_id uuid,
  suggestion_id uuid,
  helpful boolean,
  cuts int[] NOT NULL DEFAULT '{}', -- where each delta of what was said ends
  stop_asked boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  touched_at timestamptz NOT NULL,
  settled_at timestamptz,
  search tsvector GENERATED ALWAYS AS (to_tsvector('simple', content)) STORED,
  UNIQUE (session_id, seq)
);
CREATE INDEX cp_rag_chat_messages_search ON cp_rag_chat_messages USING gin (search);
CREATE INDEX cp_rag_chat_messages_streaming ON cp_rag_chat_messages (touched_at) WHERE state = 'streaming';
COMMENT ON TABLE cp_rag_chat_messages IS 'What was asked of the tutor and answered; an answer is written while it streams and settled once. The person''s; kept with the talk.';

CREATE TABLE module_prompt_usage (
  user_id uuid NOT NULL REFERENCES users,
  course_id uuid NOT NULL REFERENCES courses,
  module_no int NOT NULL, -- 0: asked of no module
  period date NOT NULL,   -- the first day of it in the organisation's time zone
  used int NOT NULL CHECK (used >= 0),
  quota int NOT NULL,
  PRIMARY KEY (user_id, course_id, module_no, period),
  CHECK (used <= quota)
);
COMMENT ON TABLE module_prompt_usage IS 'How often somebody asked the tutor in a period, by module. The person''s; kept until they close their account.';

CREATE TABLE topic_prompt_suggestions (
  suggestion_id uuid PRIMARY KEY,
  course_id uuid NOT NULL,
  topic_id uuid NOT NULL,
  parent_id uuid,
  position int NOT NULL CHECK (position > 0),
  prompt text NOT NULL CHECK (prompt <> ''),
  UNIQUE (topic_id, suggestion_id),
  UNIQUE NULLS NOT DISTINCT (topic_id, parent_id, position) DEFERRABLE INITIALLY IMMEDIATE,
  FOREIGN KEY (course_id, topic_id) REFERENCES topics (course_id, topic_id),
  FOREIGN KEY (topic_id, parent_id) REFERENCES topic_prompt_suggestions (topic_id, suggestion_id) ON DELETE CASCADE,
  CHECK (parent_id IS DISTINCT FROM suggestion_id)
);
COMMENT ON TABLE topic_prompt_suggestions IS 'What one might ask the tutor about a topic, and what next, as trees. The organisation''s; kept with the course.';

CREATE TABLE tutor_passed_on (
  message_id uuid PRIMARY KEY REFERENCES cp_rag_chat_messages ON DELETE CASCADE,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  user_id uuid NOT NULL REFERENCES users,
  question text NOT NULL,
  passed_at timestamptz NOT NULL,
  answer text,
  answered_at timestamptz,
  answered_by uuid
);
CREATE INDEX tutor_passed_on_cohort ON tutor_passed_on (cohort_id, passed_at);
COMMENT ON TABLE tutor_passed_on IS 'Questions that the material does not answer, handed to who teaches because the learner wished it, and the answer. The person''s; kept until they close their account.';

CREATE TABLE prompt_groups (
  prompt_id uuid PRIMARY KEY REFERENCES cold_call_prompts,
  found_by text NOT NULL CHECK (found_by IN ('words', 'meaning')),
  groups jsonb NOT NULL, -- [{ groupId, name, renamed, answers }], the largest first
  loose jsonb NOT NULL DEFAULT '[]',
  row_version int NOT NULL DEFAULT 0,
  made_at timestamptz NOT NULL,
  changed_by uuid REFERENCES users
);
COMMENT ON TABLE prompt_groups IS 'The answers to a prompt in groups of one meaning, as they were found and put right. The organisation''s; kept with the prompt.';

-- A persona may be derived from how somebody asks; then what it was derived from is kept, and for how many turns it stays.
ALTER TABLE learner_persona_profiles
  DROP CONSTRAINT learner_persona_profiles_source_check,
  ADD CONSTRAINT learner_persona_profiles_source_check CHECK (source IN ('chosen', 'assigned', 'derived')),
  ADD COLUMN evidence jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN sticky int NOT NULL DEFAULT 0 CHECK (sticky >= 0);

/* By which rules the words of a language are searched; 'simple' where PostgreSQL knows none. The same list on every database. */
CREATE FUNCTION search_config(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (CASE split_part(language, '-', 1)
    WHEN 'ar' THEN 'arabic' WHEN 'hy' THEN 'armenian' WHEN 'eu' THEN 'basque' WHEN 'ca' THEN 'catalan' WHEN 'da' THEN 'danish' WHEN 'nl' THEN 'dutch' WHEN 'en' THEN 'english'
    WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french' WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek' WHEN 'hi' THEN 'hindi' WHEN 'hu' THEN 'hungarian' WHEN 'id' THEN 'indonesian'
    WHEN 'ga' THEN 'irish' WHEN 'it' THEN 'italian' WHEN 'lt' THEN 'lithuanian' WHEN 'ne' THEN 'nepali' WHEN 'nb' THEN 'norwegian' WHEN 'no' THEN 'norwegian' WHEN 'pt' THEN 'portuguese'
    WHEN 'ro' THEN 'romanian' WHEN 'ru' THEN 'russian' WHEN 'sr' THEN 'serbian' WHEN 'es' THEN 'spanish' WHEN 'sv' THEN 'swedish' WHEN 'ta' THEN 'tamil' WHEN 'tr' THEN 'turkish' WHEN 'yi' THEN 'yiddish'
    ELSE 'simple' END)::regconfig
$$;
