-- Questions that are prepared before class, by course and topic. Old nodes know nothing of it and go on.
ALTER TABLE topics ADD CONSTRAINT topics_course_id_topic_id_key UNIQUE (course_id, topic_id);

CREATE TABLE prepared_prompts (
  prepared_id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  course_id uuid NOT NULL,
  topic_id uuid,
  place int NOT NULL CHECK (place > 0),
  kind text NOT NULL CHECK (kind IN ('text', 'choice', 'number')),
  text text NOT NULL,
  options text[],
  multiple boolean NOT NULL DEFAULT false,
  correct int[],
  seconds int CHECK (seconds BETWEEN 5 AND 7200),
  anonymous boolean NOT NULL DEFAULT false,
  star_budget int NOT NULL CHECK (star_budget BETWEEN 0 AND 20),
  row_version int NOT NULL DEFAULT 1,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  updated_by uuid NOT NULL,
  updated_at timestamptz NOT NULL,
  removed_by uuid,
  removed_at timestamptz,
  CHECK ((kind = 'choice') = (options IS NOT NULL) AND (options IS NOT NULL OR correct IS NULL)),
  CHECK ((removed_by IS NULL) = (removed_at IS NULL)),
  FOREIGN KEY (org_id, course_id) REFERENCES courses (org_id, course_id),
  FOREIGN KEY (course_id, topic_id) REFERENCES topics (course_id, topic_id),
  -- Looked at when the change is whole: while a list is numbered anew, two may share a place for a moment. What is of no topic
  -- stands in the list of the course itself.
  CONSTRAINT prepared_prompts_place EXCLUDE USING btree (course_id WITH =, coalesce(topic_id, course_id) WITH =, place WITH =)
    WHERE (removed_at IS NULL) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX prepared_prompts_course ON prepared_prompts (course_id);
COMMENT ON TABLE prepared_prompts IS 'Questions prepared for a course, in the order of each topic. The organisation''s; kept, removed ones 90 days.';

-- What a prompt was prepared as, as its asker says: the id of no row that it depends on, and read beside the list of prepared ones only.
ALTER TABLE cold_call_prompts ADD COLUMN prepared_id uuid;
CREATE INDEX cold_call_prompts_prepared ON cold_call_prompts (cohort_id, prepared_id) WHERE prepared_id IS NOT NULL;
