-- The classroom: courses (catalog), who learns together (cohorts), hours (sessions), blind cold calls (coldcall).

-- catalog -----------------------------------------------------------------------------------------------------------

CREATE TABLE courses (
  course_id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  node_id uuid NOT NULL,
  slug text NOT NULL,
  course_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (org_id, slug),
  UNIQUE (org_id, course_id),
  FOREIGN KEY (org_id, node_id) REFERENCES organization_node (org_id, node_id)
);
CREATE INDEX courses_node ON courses (node_id);
COMMENT ON TABLE courses IS 'Courses. The organisation''s; kept.';

CREATE TABLE chapters (
  chapter_id uuid PRIMARY KEY,
  course_id uuid NOT NULL REFERENCES courses,
  module_no int NOT NULL CHECK (module_no > 0),
  title text NOT NULL,
  introduction text NOT NULL DEFAULT '',
  UNIQUE (course_id, module_no)
);
COMMENT ON TABLE chapters IS 'The modules of a course, in order. The organisation''s; kept.';

CREATE TABLE topics (
  topic_id uuid PRIMARY KEY,
  course_id uuid NOT NULL,
  module_no int NOT NULL,
  topic_number int NOT NULL CHECK (topic_number > 0),
  topic_name text NOT NULL,
  text_content text NOT NULL DEFAULT '',
  source_path text,
  UNIQUE (course_id, module_no, topic_number),
  FOREIGN KEY (course_id, module_no) REFERENCES chapters (course_id, module_no)
);
COMMENT ON TABLE topics IS 'The topics of a module, in order, as Markdown. The organisation''s; kept.';

-- cohorts -----------------------------------------------------------------------------------------------------------

CREATE TABLE cohorts (
  cohort_id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  node_id uuid NOT NULL,
  course_id uuid NOT NULL,
  name text NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  entry text NOT NULL DEFAULT 'listed' CHECK (entry IN ('listed', 'code')),
  invite_code text NOT NULL UNIQUE,
  starts_at timestamptz,
  ends_at timestamptz,
  capacity int CHECK (capacity > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (ends_at > starts_at),
  UNIQUE (org_id, cohort_id),
  FOREIGN KEY (org_id, node_id) REFERENCES organization_node (org_id, node_id),
  FOREIGN KEY (org_id, course_id) REFERENCES courses (org_id, course_id)
);
CREATE INDEX cohorts_node ON cohorts (node_id);
CREATE INDEX cohorts_course ON cohorts (course_id);
COMMENT ON TABLE cohorts IS 'Who learns together, on which course. The organisation''s; kept.';

CREATE TABLE cohort_members (
  member_id uuid PRIMARY KEY,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  user_id uuid REFERENCES users,
  email text CHECK (email = lower(email)),
  display_name text NOT NULL,
  role text NOT NULL DEFAULT 'learner' CHECK (role IN ('learner', 'instructor', 'observer')),
  batch_no int,
  time_factor double precision NOT NULL DEFAULT 1 CHECK (time_factor BETWEEN 1 AND 3),
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'removed')),
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (cohort_id, email)
);
CREATE UNIQUE INDEX cohort_members_user ON cohort_members (cohort_id, user_id) WHERE user_id IS NOT NULL;
CREATE INDEX cohort_members_of ON cohort_members (user_id);
CREATE INDEX cohort_members_name ON cohort_members (cohort_id, display_name, member_id);
CREATE INDEX cohort_members_email ON cohort_members (email) WHERE user_id IS NULL;
CREATE INDEX cohort_members_slow ON cohort_members (cohort_id) WHERE time_factor > 1 AND status = 'active';
COMMENT ON TABLE cohort_members IS 'The list of a cohort. The person''s and the organisation''s; removed ones are kept for their answers.';

ALTER TABLE user_role_permission ADD FOREIGN KEY (org_id, cohort_id) REFERENCES cohorts (org_id, cohort_id);

-- How somebody stands in each cohort they may enter: by the list, or by a grant. 3 instructor, 2 observer, 1 learner.
CREATE FUNCTION standings(actor uuid) RETURNS TABLE (cohort_id uuid, rank int, member_id uuid)
LANGUAGE sql STABLE AS $$
  SELECT s.cohort_id, max(s.rank), (array_agg(s.member_id) FILTER (WHERE s.member_id IS NOT NULL))[1]
  FROM (
    SELECT m.cohort_id, CASE m.role WHEN 'instructor' THEN 3 WHEN 'observer' THEN 2 ELSE 1 END AS rank, m.member_id
    FROM cohort_members m WHERE m.user_id = actor AND m.status = 'active'
    UNION ALL
    SELECT c.cohort_id, CASE g.permission WHEN 'cohort.teach' THEN 3 ELSE 2 END, NULL
    FROM granted(actor) g
    JOIN cohorts c ON c.node_id = g.node_id AND (g.cohort_id IS NULL OR g.cohort_id = c.cohort_id)
    WHERE g.permission IN ('cohort.teach', 'cohort.observe')
  ) s GROUP BY s.cohort_id
$$;

-- sessions ----------------------------------------------------------------------------------------------------------

CREATE TABLE ilt_sessions (
  ilt_session_id uuid PRIMARY KEY,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  title text,
  started_by uuid NOT NULL,
  started_at timestamptz NOT NULL,
  ended_by uuid,
  ended_at timestamptz,
  attended int,
  CHECK (ended_at >= started_at)
);
CREATE UNIQUE INDEX ilt_sessions_one_running ON ilt_sessions (cohort_id) WHERE ended_at IS NULL;
CREATE INDEX ilt_sessions_cohort ON ilt_sessions (cohort_id, started_at);
COMMENT ON TABLE ilt_sessions IS 'Hours of class. The organisation''s; kept.';

CREATE TABLE ilt_attendance (
  ilt_session_id uuid NOT NULL REFERENCES ilt_sessions,
  member_id uuid NOT NULL REFERENCES cohort_members,
  first_seen_at timestamptz NOT NULL,
  PRIMARY KEY (ilt_session_id, member_id)
);
COMMENT ON TABLE ilt_attendance IS 'Which learners were there. The person''s and the organisation''s; kept.';

-- coldcall ----------------------------------------------------------------------------------------------------------

CREATE TABLE cold_call_prompts (
  prompt_id uuid PRIMARY KEY,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  session_id uuid REFERENCES ilt_sessions,
  batch_no int,
  kind text NOT NULL DEFAULT 'text' CHECK (kind = 'text'),
  text text NOT NULL,
  star_budget int NOT NULL CHECK (star_budget BETWEEN 0 AND 20),
  state text NOT NULL CHECK (state IN ('open', 'closed', 'revealed', 'cancelled')),
  opened_by uuid NOT NULL,
  opens_at timestamptz NOT NULL,
  closes_at timestamptz,
  extra_until timestamptz,
  due_at timestamptz,
  closed_by uuid,
  closed_at timestamptz,
  cancelled_by uuid,
  cancelled_at timestamptz,
  revealed_by uuid,
  revealed_at timestamptz,
  reveal_no int NOT NULL DEFAULT 0,
  answered int NOT NULL DEFAULT 0,
  CHECK (state <> 'open' OR closed_at IS NULL)
);
CREATE INDEX cold_call_prompts_cohort ON cold_call_prompts (cohort_id, opens_at DESC);
CREATE UNIQUE INDEX cold_call_prompts_one_open ON cold_call_prompts (cohort_id, batch_no) NULLS NOT DISTINCT WHERE state = 'open';
CREATE INDEX cold_call_prompts_due ON cold_call_prompts (due_at) WHERE state = 'open';
COMMENT ON TABLE cold_call_prompts IS 'Blind prompts. due_at: when the prompt closes by itself, after everybody''s deadline. The organisation''s; kept.';

CREATE TABLE cold_call_messages (
  message_id uuid PRIMARY KEY,
  prompt_id uuid NOT NULL REFERENCES cold_call_prompts,
  member_id uuid NOT NULL REFERENCES cohort_members,
  body text NOT NULL,
  confidence int CHECK (confidence BETWEEN 1 AND 3),
  revision int NOT NULL,
  answered_at timestamptz NOT NULL,
  reveal_no int,
  hidden boolean NOT NULL DEFAULT false,
  stars int NOT NULL DEFAULT 0,
  instructor_star_by uuid,
  UNIQUE (prompt_id, member_id)
);
CREATE INDEX cold_call_messages_page ON cold_call_messages (prompt_id, reveal_no, message_id);
CREATE INDEX cold_call_messages_starred ON cold_call_messages (prompt_id) WHERE instructor_star_by IS NOT NULL;
COMMENT ON TABLE cold_call_messages IS 'Answers; the id is random, so that it tells no time. The person''s; kept with the class, unnamed on deletion.';

CREATE TABLE cold_call_deadlines (
  prompt_id uuid NOT NULL REFERENCES cold_call_prompts,
  member_id uuid NOT NULL REFERENCES cohort_members,
  time_factor double precision NOT NULL,
  closes_at timestamptz,
  PRIMARY KEY (prompt_id, member_id)
);
COMMENT ON TABLE cold_call_deadlines IS 'Own deadlines of those with extra time, fixed when the prompt opened. The person''s; kept with the class.';

CREATE TABLE cold_call_stars (
  message_id uuid NOT NULL REFERENCES cold_call_messages,
  member_id uuid NOT NULL REFERENCES cohort_members,
  prompt_id uuid NOT NULL REFERENCES cold_call_prompts,
  starred_at timestamptz NOT NULL,
  PRIMARY KEY (message_id, member_id)
);
CREATE INDEX cold_call_stars_held ON cold_call_stars (prompt_id, member_id);
COMMENT ON TABLE cold_call_stars IS 'Stars that learners hold out. The person''s; kept with the class.';
