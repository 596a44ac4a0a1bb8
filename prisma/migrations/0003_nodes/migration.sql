-- Many nodes on one database: what each of them must heed at once.
CREATE TABLE revocations (
  revocation_id uuid PRIMARY KEY,
  family_id uuid,
  user_id uuid,
  cohort_id uuid,
  at timestamptz NOT NULL,
  CHECK ((family_id IS NULL) <> (user_id IS NULL)),
  CHECK ((user_id IS NULL) = (cohort_id IS NULL))
);
CREATE INDEX revocations_at ON revocations (at);
COMMENT ON TABLE revocations IS 'Sign-ins that ended and people who may do less, for every node to heed. The person''s; kept an hour.';
