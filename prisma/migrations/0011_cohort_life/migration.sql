-- A cohort's days in its own time zone, its end, who asks to join it, and the projects of its batches.
ALTER TABLE cohorts
  ADD COLUMN tz text NOT NULL DEFAULT 'UTC',
  ADD COLUMN row_version int NOT NULL DEFAULT 1,
  ADD COLUMN archived_at timestamptz,
  ADD COLUMN archived_by uuid;

CREATE TABLE cohort_join_requests (
  request_id uuid PRIMARY KEY,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  email text NOT NULL CHECK (email = lower(email)),
  name text NOT NULL,
  message text,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'accepted', 'refused')),
  asked_at timestamptz NOT NULL,
  decided_by uuid,
  decided_at timestamptz
);
CREATE UNIQUE INDEX cohort_join_requests_one ON cohort_join_requests (cohort_id, email) WHERE status = 'pending';
CREATE INDEX cohort_join_requests_cohort ON cohort_join_requests (cohort_id, asked_at);
COMMENT ON TABLE cohort_join_requests IS 'Who asked for a place on a list. The person''s and the organisation''s; kept until 90 days after it was decided.';

CREATE TABLE cohort_batch_projects (
  project_id uuid PRIMARY KEY,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  batch_no int NOT NULL CHECK (batch_no > 0),
  payload jsonb NOT NULL CHECK (jsonb_typeof(payload) = 'object' AND payload ?& ARRAY['title', 'tagline', 'description'] AND payload - ARRAY['title', 'tagline', 'description', 'notes'] = '{}'),
  row_version int NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL,
  updated_by uuid,
  UNIQUE (cohort_id, batch_no)
);
COMMENT ON TABLE cohort_batch_projects IS 'What a batch of a cohort works on. The organisation''s; kept.';
