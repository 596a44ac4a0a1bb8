-- The bank of questions, quizzes and their attempts, what learners have earned, and the rules by which they earn it.

-- the bank ----------------------------------------------------------------------------------------------------------

CREATE TABLE question_types (question_type_id uuid PRIMARY KEY, key text NOT NULL UNIQUE, name text NOT NULL);
COMMENT ON TABLE question_types IS 'What kinds of questions there are. Nobody''s; kept.';
INSERT INTO question_types VALUES
  ('00000000-0000-4000-8000-000000000401', 'single', 'One right choice'), ('00000000-0000-4000-8000-000000000402', 'multiple', 'Several right choices'),
  ('00000000-0000-4000-8000-000000000403', 'truefalse', 'True or false'), ('00000000-0000-4000-8000-000000000404', 'numeric', 'A number'),
  ('00000000-0000-4000-8000-000000000405', 'text', 'A short text'), ('00000000-0000-4000-8000-000000000406', 'ordering', 'An order'),
  ('00000000-0000-4000-8000-000000000407', 'matching', 'Pairs');

CREATE TABLE difficulty_levels (difficulty_level_id uuid PRIMARY KEY, key text NOT NULL UNIQUE, name text NOT NULL, position int NOT NULL UNIQUE);
COMMENT ON TABLE difficulty_levels IS 'How hard a question is meant to be. Nobody''s; kept.';
INSERT INTO difficulty_levels VALUES
  ('00000000-0000-4000-8000-000000000411', 'easy', 'Easy', 1), ('00000000-0000-4000-8000-000000000412', 'medium', 'Medium', 2), ('00000000-0000-4000-8000-000000000413', 'hard', 'Hard', 3);

CREATE TABLE questions (
  question_id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  course_id uuid NOT NULL,
  topic_id uuid,
  question_type text NOT NULL REFERENCES question_types (key),
  difficulty text REFERENCES difficulty_levels (key),
  version int NOT NULL DEFAULT 1,
  stem text NOT NULL,
  explanation text NOT NULL DEFAULT '',
  partial boolean NOT NULL DEFAULT true,
  tags text[] NOT NULL DEFAULT '{}',
  source_ref text,
  content_hash text NOT NULL,
  row_version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  created_by uuid,
  updated_at timestamptz NOT NULL,
  updated_by uuid,
  removed_at timestamptz,
  removed_by uuid,
  search tsvector GENERATED ALWAYS AS (to_tsvector('simple', stem)) STORED,
  UNIQUE (course_id, source_ref),
  UNIQUE (course_id, question_id),
  FOREIGN KEY (org_id, course_id) REFERENCES courses (org_id, course_id),
  FOREIGN KEY (course_id, topic_id) REFERENCES topics (course_id, topic_id)
);
CREATE INDEX questions_search ON questions USING gin (search);
COMMENT ON TABLE questions IS 'The bank of a course: its questions as they are written now. The organisation''s; kept, removed ones 90 days where no quiz asks them.';

CREATE TABLE answer_choices (
  choice_id uuid PRIMARY KEY,
  question_id uuid NOT NULL REFERENCES questions ON DELETE CASCADE,
  position int NOT NULL CHECK (position > 0),
  text text NOT NULL,
  match text,
  fraction double precision NOT NULL CHECK (fraction BETWEEN -1 AND 1),
  tolerance double precision CHECK (tolerance >= 0),
  feedback text NOT NULL DEFAULT '',
  UNIQUE (question_id, position) DEFERRABLE INITIALLY IMMEDIATE
);
COMMENT ON TABLE answer_choices IS 'What may be chosen, or is accepted as an answer, with how much it is worth: options, accepted numbers and texts, items in their order, pairs. The organisation''s; kept with their question.';

CREATE TABLE question_versions (
  question_id uuid NOT NULL REFERENCES questions ON DELETE CASCADE,
  version int NOT NULL,
  body jsonb NOT NULL,
  at timestamptz NOT NULL,
  by uuid,
  PRIMARY KEY (question_id, version)
);
COMMENT ON TABLE question_versions IS 'Each question as it was, version by version. The organisation''s; kept with their question.';

CREATE TABLE question_languages (
  question_id uuid NOT NULL REFERENCES questions ON DELETE CASCADE,
  language text NOT NULL CHECK (is_language(language)),
  stem text,
  explanation text,
  choices jsonb NOT NULL DEFAULT '[]',
  source_hash text NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'ai', 'reviewed')),
  PRIMARY KEY (question_id, language)
);
COMMENT ON TABLE question_languages IS 'Questions and their choices in other languages; `choices` is a list of {choiceId, text, match, feedback}. The organisation''s; kept with their question.';

CREATE TABLE question_pools (
  pool_id uuid PRIMARY KEY,
  course_id uuid NOT NULL REFERENCES courses,
  name text NOT NULL,
  row_version int NOT NULL DEFAULT 1,
  UNIQUE (course_id, name),
  UNIQUE (course_id, pool_id)
);
COMMENT ON TABLE question_pools IS 'Heaps of questions from which a quiz draws. The organisation''s; kept.';

CREATE TABLE question_pool_members (
  course_id uuid NOT NULL,
  pool_id uuid NOT NULL,
  question_id uuid NOT NULL,
  PRIMARY KEY (pool_id, question_id),
  FOREIGN KEY (course_id, pool_id) REFERENCES question_pools (course_id, pool_id) ON DELETE CASCADE,
  FOREIGN KEY (course_id, question_id) REFERENCES questions (course_id, question_id) ON DELETE CASCADE
);
CREATE INDEX question_pool_members_question ON question_pool_members (question_id);
COMMENT ON TABLE question_pool_members IS 'Which questions lie in a pool. The organisation''s; kept with the pool.';

-- quizzes -----------------------------------------------------------------------------------------------------------

ALTER TABLE chapters ADD CONSTRAINT chapters_of_course UNIQUE (course_id, chapter_id);

CREATE TABLE quizzes (
  quiz_id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  course_id uuid NOT NULL,
  chapter_id uuid REFERENCES chapters ON DELETE SET NULL,
  topic_id uuid REFERENCES topics ON DELETE SET NULL,
  quiz_type text NOT NULL DEFAULT 'quiz' CHECK (quiz_type IN ('quiz', 'test', 'practice')),
  title text NOT NULL,
  language text,
  position int NOT NULL DEFAULT 1,
  time_limit_s int CHECK (time_limit_s BETWEEN 10 AND 86400),
  max_attempts int CHECK (max_attempts BETWEEN 1 AND 100),
  pass_score int NOT NULL DEFAULT 70 CHECK (pass_score BETWEEN 0 AND 100),
  shuffle_questions boolean NOT NULL DEFAULT false,
  shuffle_options boolean NOT NULL DEFAULT true,
  published boolean NOT NULL DEFAULT true,
  source_ref text,
  row_version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  created_by uuid,
  updated_at timestamptz NOT NULL,
  updated_by uuid,
  removed_at timestamptz,
  removed_by uuid,
  UNIQUE (course_id, source_ref),
  UNIQUE (course_id, quiz_id),
  FOREIGN KEY (org_id, course_id) REFERENCES courses (org_id, course_id)
);
CREATE INDEX quizzes_chapter ON quizzes (chapter_id);
COMMENT ON TABLE quizzes IS 'Quizzes of a course; `practice` counts for nothing. The organisation''s; kept.';

CREATE TABLE quiz_languages (
  quiz_id uuid NOT NULL REFERENCES quizzes ON DELETE CASCADE,
  language text NOT NULL CHECK (is_language(language)),
  title text NOT NULL,
  source_hash text NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'ai', 'reviewed')),
  PRIMARY KEY (quiz_id, language)
);
COMMENT ON TABLE quiz_languages IS 'Titles of quizzes in other languages. The organisation''s; kept with their quiz.';

CREATE TABLE quiz_questions (
  quiz_question_id uuid PRIMARY KEY,
  quiz_id uuid NOT NULL REFERENCES quizzes,
  position int,
  question_id uuid,
  question_version int,
  pool_id uuid,
  draw_n int CHECK (draw_n BETWEEN 1 AND 200),
  drawn_from uuid REFERENCES quiz_questions,
  points double precision NOT NULL DEFAULT 1 CHECK (points > 0 AND points <= 1000),
  snapshot jsonb,
  placed_at timestamptz NOT NULL,
  CHECK (num_nonnulls(question_id, pool_id) = 1),
  CHECK ((question_id IS NULL) = (snapshot IS NULL) AND (question_id IS NULL) = (question_version IS NULL) AND (pool_id IS NULL) = (draw_n IS NULL))
);
CREATE INDEX quiz_questions_quiz ON quiz_questions (quiz_id, position);
CREATE UNIQUE INDEX quiz_questions_drawn ON quiz_questions (drawn_from, question_id, question_version) WHERE drawn_from IS NOT NULL;
COMMENT ON TABLE quiz_questions IS 'What a quiz asks: a question frozen as it was in one version, or so many drawn from a pool; a drawn one is frozen when it is first drawn (`drawn_from`). Without a position it is asked no more, and stays for the attempts that were asked it. The organisation''s; kept.';

CREATE TABLE quiz_options (
  option_id uuid PRIMARY KEY,
  quiz_question_id uuid NOT NULL REFERENCES quiz_questions,
  choice_id uuid NOT NULL,
  position int NOT NULL,
  text text NOT NULL,
  match_id uuid,
  match text,
  fraction double precision NOT NULL,
  tolerance double precision,
  feedback text NOT NULL DEFAULT '',
  languages jsonb NOT NULL DEFAULT '[]',
  UNIQUE (quiz_question_id, position)
);
COMMENT ON TABLE quiz_options IS 'The choices of a frozen question. The organisation''s; kept.';

CREATE FUNCTION placed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'quiz_questions' AND TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'position' = to_jsonb(OLD) - 'position' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'what was placed in a quiz is never changed (%)', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER placed_stays BEFORE UPDATE OR DELETE ON quiz_questions FOR EACH ROW EXECUTE FUNCTION placed_stays();
CREATE TRIGGER placed_stays BEFORE UPDATE OR DELETE ON quiz_options FOR EACH ROW EXECUTE FUNCTION placed_stays();

CREATE TABLE quiz_attempts (
  attempt_id uuid PRIMARY KEY,
  quiz_id uuid NOT NULL REFERENCES quizzes,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  user_id uuid NOT NULL REFERENCES users,
  attempt_no int NOT NULL CHECK (attempt_no > 0),
  seed text NOT NULL,
  layout jsonb NOT NULL,
  language text NOT NULL DEFAULT '',
  started_at timestamptz NOT NULL,
  due_at timestamptz,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  submitted_at timestamptz,
  closed_by text CHECK (closed_by IN ('learner', 'deadline')),
  score double precision CHECK (score BETWEEN 0 AND 100),
  passed boolean,
  CHECK ((state = 'closed') = (submitted_at IS NOT NULL) AND (state = 'closed') = (score IS NOT NULL) AND (state = 'closed') = (passed IS NOT NULL) AND (state = 'closed') = (closed_by IS NOT NULL)),
  UNIQUE (quiz_id, cohort_id, user_id, attempt_no)
);
CREATE UNIQUE INDEX quiz_attempts_open ON quiz_attempts (quiz_id, cohort_id, user_id) WHERE state = 'open';
CREATE INDEX quiz_attempts_due ON quiz_attempts (due_at) WHERE state = 'open' AND due_at IS NOT NULL;
CREATE INDEX quiz_attempts_of ON quiz_attempts (user_id, cohort_id);
CREATE INDEX quiz_attempts_cohort ON quiz_attempts (cohort_id, quiz_id);
COMMENT ON TABLE quiz_attempts IS 'Attempts at a quiz: `layout` is what was asked, in which order; the seed is what it was drawn by. The person''s; kept until they close their account.';

CREATE TABLE quiz_responses (
  attempt_id uuid NOT NULL REFERENCES quiz_attempts,
  quiz_question_id uuid NOT NULL REFERENCES quiz_questions,
  answer jsonb NOT NULL,
  saved_at timestamptz NOT NULL,
  fraction double precision,
  PRIMARY KEY (attempt_id, quiz_question_id)
);
COMMENT ON TABLE quiz_responses IS 'What somebody answered in an attempt, and how much of it was right once it was graded. The person''s; kept with the attempt.';

CREATE TABLE quiz_regrades (
  regrade_id uuid PRIMARY KEY,
  quiz_id uuid NOT NULL REFERENCES quizzes,
  at timestamptz NOT NULL,
  by uuid,
  looked_at int NOT NULL,
  changed int NOT NULL
);
COMMENT ON TABLE quiz_regrades IS 'When attempts were graded anew by the questions as they are written now. The organisation''s; kept.';

CREATE TABLE quiz_grades (
  attempt_id uuid NOT NULL REFERENCES quiz_attempts,
  grade_no int NOT NULL,
  score double precision NOT NULL,
  passed boolean NOT NULL,
  regrade_id uuid REFERENCES quiz_regrades,
  at timestamptz NOT NULL,
  PRIMARY KEY (attempt_id, grade_no)
);
COMMENT ON TABLE quiz_grades IS 'Every score that an attempt was ever given; the newest counts. The person''s; kept with the attempt.';

CREATE TABLE quiz_live_runs (
  run_id uuid PRIMARY KEY,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  quiz_id uuid NOT NULL REFERENCES quizzes,
  title text NOT NULL,
  questions jsonb NOT NULL,
  no int NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL,
  started_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  board jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX quiz_live_runs_newest ON quiz_live_runs (cohort_id, started_at DESC);
CREATE UNIQUE INDEX quiz_live_runs_one ON quiz_live_runs (cohort_id) WHERE ended_at IS NULL;
COMMENT ON TABLE quiz_live_runs IS 'Quizzes that an instructor ran before the class, question by question; `questions` is a list of {questionId, options, promptId}, `board` who did best. The organisation''s; kept.';

-- progress ----------------------------------------------------------------------------------------------------------

CREATE TABLE unlock_rules (
  rule_id uuid PRIMARY KEY,
  course_id uuid NOT NULL,
  chapter_id uuid NOT NULL UNIQUE,
  tree jsonb NOT NULL,
  row_version int NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL,
  updated_by uuid,
  FOREIGN KEY (course_id, chapter_id) REFERENCES chapters (course_id, chapter_id) ON DELETE CASCADE
);
CREATE INDEX unlock_rules_course ON unlock_rules (course_id);
COMMENT ON TABLE unlock_rules IS 'What must have happened before a module opens, as a tree. The organisation''s; kept.';

CREATE TABLE progress_events (
  event_id uuid PRIMARY KEY,
  fact_id uuid NOT NULL,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  user_id uuid REFERENCES users,
  kind text NOT NULL CHECK (kind IN ('topic', 'begun', 'quiz', 'session')),
  about uuid NOT NULL,
  score double precision,
  passed boolean,
  at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (fact_id, cohort_id, user_id)
);
CREATE INDEX progress_events_of ON progress_events (cohort_id, user_id);
COMMENT ON TABLE progress_events IS 'What happened that modules open by: topics read, quizzes begun and graded, sessions ended (of nobody in particular). What is open is a function of these rows. The person''s; kept until they close their account.';

CREATE TABLE module_progress (
  user_id uuid NOT NULL REFERENCES users,
  course_id uuid NOT NULL REFERENCES courses,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  chapter_id uuid NOT NULL,
  open boolean NOT NULL,
  passed boolean NOT NULL DEFAULT false,
  begun boolean NOT NULL DEFAULT false,
  unmet jsonb NOT NULL DEFAULT '[]',
  unlocked_at timestamptz,
  unlocked_by text CHECK (unlocked_by IN ('quiz', 'instructor', 'schedule', 'rule')),
  passed_at timestamptz,
  at timestamptz NOT NULL,
  PRIMARY KEY (user_id, cohort_id, chapter_id)
);
CREATE INDEX module_progress_cohort ON module_progress (cohort_id, chapter_id);
COMMENT ON TABLE module_progress IS 'How a learner stands in a module: what the rules make of what happened, kept so that it is read at once. The person''s; kept until they close their account.';

CREATE TABLE unlock_overrides (
  override_id uuid PRIMARY KEY,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  chapter_id uuid NOT NULL,
  member_id uuid REFERENCES cohort_members,
  batch_no int,
  open boolean NOT NULL,
  at timestamptz NOT NULL,
  by uuid,
  CHECK (member_id IS NULL OR batch_no IS NULL),
  CONSTRAINT unlock_overrides_one UNIQUE NULLS NOT DISTINCT (cohort_id, chapter_id, member_id, batch_no)
);
COMMENT ON TABLE unlock_overrides IS 'Modules that were opened, or held shut, by hand: for a learner, a batch or the whole cohort; the narrowest holds. The organisation''s; kept.';

CREATE TABLE unlock_clocks (cohort_id uuid PRIMARY KEY REFERENCES cohorts, next_at timestamptz NOT NULL);
CREATE INDEX unlock_clocks_next ON unlock_clocks (next_at);
COMMENT ON TABLE unlock_clocks IS 'When a date next opens a module in a cohort. The organisation''s; as long as there is one to come.';

/* The modules of a cohort's course, as the version has them that it reads. */
CREATE FUNCTION modules_in(cohort uuid) RETURNS TABLE (chapter_id uuid, module_no int, title text) LANGUAGE sql STABLE AS $$
  SELECT h.chapter_id, h.module_no, h.title FROM cohorts c JOIN chapters h ON h.course_id = c.course_id AND c.version_id IS NULL WHERE c.cohort_id = cohort
  UNION ALL SELECT m."chapterId", m."moduleNo", m.title FROM cohorts c JOIN course_versions v USING (version_id), jsonb_to_recordset(v.snapshot -> 'modules') AS m ("chapterId" uuid, "moduleNo" int, title text) WHERE c.cohort_id = cohort
$$;

/* The modules that are locked for a learner of a cohort. */
CREATE FUNCTION locked_in(cohort uuid, learner uuid) RETURNS TABLE (chapter_id uuid, module_no int) LANGUAGE sql STABLE AS $$
  SELECT m.chapter_id, m.module_no FROM modules_in(cohort) m
  LEFT JOIN module_progress p ON p.user_id = learner AND p.cohort_id = cohort AND p.chapter_id = m.chapter_id
  WHERE NOT coalesce(p.open, NOT EXISTS (SELECT 1 FROM unlock_rules r WHERE r.chapter_id = m.chapter_id))
$$;

-- In which topics a file lies is asked for each picture of somebody to whom a module is locked.
CREATE INDEX asset_snapshots_file ON asset_snapshots ((payload ->> 'fileId')) WHERE payload ->> 'fileId' IS NOT NULL;
CREATE INDEX topic_content_assets_file ON topic_content_assets ((payload ->> 'fileId')) WHERE payload ->> 'fileId' IS NOT NULL;
CREATE INDEX content_asset_languages_file ON content_asset_languages ((payload ->> 'fileId')) WHERE payload ->> 'fileId' IS NOT NULL;
