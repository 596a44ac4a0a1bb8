-- Tutors: who applied to teach, who was taken, and who teaches which course.
CREATE TABLE tutors (
  tutor_id uuid PRIMARY KEY,
  user_id uuid NOT NULL UNIQUE REFERENCES users,
  since timestamptz NOT NULL
);
COMMENT ON TABLE tutors IS 'People who teach. The person''s and the organisation''s; kept.';

CREATE TABLE tutor_openings (
  node_id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  text text NOT NULL,
  is_open boolean NOT NULL,
  UNIQUE (org_id, node_id),
  FOREIGN KEY (org_id, node_id) REFERENCES organization_node (org_id, node_id)
);
COMMENT ON TABLE tutor_openings IS 'Where people may apply to teach. The organisation''s; kept.';

CREATE TABLE tutor_applications (
  application_id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  node_id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES users,
  about text NOT NULL,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'refused', 'withdrawn')),
  applied_at timestamptz NOT NULL,
  decided_by uuid REFERENCES users,
  decided_at timestamptz,
  reason text,
  FOREIGN KEY (org_id, node_id) REFERENCES organization_node (org_id, node_id),
  CHECK ((status IN ('approved', 'refused')) = (decided_by IS NOT NULL)),
  CHECK (status <> 'refused' OR reason IS NOT NULL)
);
CREATE UNIQUE INDEX tutor_applications_one_pending ON tutor_applications (org_id, user_id) WHERE status = 'pending';
CREATE INDEX tutor_applications_node ON tutor_applications (node_id, applied_at);
CREATE INDEX tutor_applications_user ON tutor_applications (user_id);
COMMENT ON TABLE tutor_applications IS 'Who applied to teach where, and what came of it. The person''s and the organisation''s; kept.';

CREATE TABLE course_tutors (
  course_id uuid NOT NULL REFERENCES courses,
  tutor_id uuid NOT NULL REFERENCES tutors,
  role text NOT NULL CHECK (role IN ('lead', 'assistant')),
  added_by uuid NOT NULL,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (course_id, tutor_id)
);
COMMENT ON TABLE course_tutors IS 'Who teaches which course. The organisation''s; kept.';
