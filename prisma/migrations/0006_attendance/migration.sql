-- Attendance: when learners were in class, and what an instructor says of it.
CREATE TABLE presence_pieces (
  piece_id uuid PRIMARY KEY,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  member_id uuid NOT NULL REFERENCES cohort_members,
  began_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL,
  is_over boolean NOT NULL DEFAULT false,
  CHECK (until_at >= began_at)
) WITH (fillfactor = 70);
CREATE INDEX presence_pieces_cohort ON presence_pieces (cohort_id, began_at);
COMMENT ON TABLE presence_pieces IS 'From when until when a learner was in class on one node; pieces may overlap. The person''s; kept a year.';

CREATE TABLE attendance_corrections (
  ilt_session_id uuid NOT NULL REFERENCES ilt_sessions,
  member_id uuid NOT NULL REFERENCES cohort_members,
  status text NOT NULL CHECK (status IN ('present', 'partial', 'absent', 'excused')),
  reason text NOT NULL,
  corrected_by uuid NOT NULL REFERENCES users,
  corrected_at timestamptz NOT NULL,
  PRIMARY KEY (ilt_session_id, member_id)
);
COMMENT ON TABLE attendance_corrections IS 'What an instructor says of somebody''s attendance, and why. The person''s and the organisation''s; kept.';
