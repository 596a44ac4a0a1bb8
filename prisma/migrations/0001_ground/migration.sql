-- The ground: what is told and kept (kernel), places and permissions (orgs), people (accounts).
-- Floor: PostgreSQL 15. Ids are made in the app. Every table says whose data it is and how long it is kept.
CREATE EXTENSION IF NOT EXISTS ltree;
CREATE EXTENSION IF NOT EXISTS vector;

-- kernel ------------------------------------------------------------------------------------------------------------

CREATE TABLE lectern_settings (
  key text PRIMARY KEY,
  value text NOT NULL
);
COMMENT ON TABLE lectern_settings IS 'What the installation remembers of itself (epoch, secrets of the embedded default). Kept.';

CREATE TABLE facts (
  fact_id uuid PRIMARY KEY,
  org_id uuid,
  type text NOT NULL,
  about uuid NOT NULL,
  body jsonb NOT NULL DEFAULT '{}',
  actor_id uuid,
  on_behalf_of uuid,
  at timestamptz NOT NULL
);
CREATE INDEX facts_about ON facts (about, at);
COMMENT ON TABLE facts IS 'What happened: outbox and audit, ids only. The organisation''s; append-only, kept.';

CREATE TABLE streams (
  name text PRIMARY KEY,
  seq bigint NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
COMMENT ON TABLE streams IS 'The head of each audience. Kept as long as its audience.';

CREATE TABLE frames (
  stream text NOT NULL,
  seq bigint NOT NULL,
  fact_id uuid NOT NULL,
  name text NOT NULL,
  body jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (stream, seq)
);
CREATE INDEX frames_at ON frames (at);
COMMENT ON TABLE frames IS 'What each audience was told, for replay. Kept 7 days.';

CREATE TABLE idempotency_keys (
  user_id uuid NOT NULL,
  key uuid NOT NULL,
  command text NOT NULL,
  payload_hash text NOT NULL,
  outcome jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_at ON idempotency_keys (at);
COMMENT ON TABLE idempotency_keys IS 'The first outcome of each keyed command. The person''s; kept 24 hours.';

-- orgs --------------------------------------------------------------------------------------------------------------

CREATE TABLE org (
  org_id uuid PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  name text NOT NULL,
  default_language text NOT NULL DEFAULT 'en'
);
COMMENT ON TABLE org IS 'The boundary of a tenant. Kept.';

CREATE TABLE organization_node (
  node_id uuid PRIMARY KEY,
  org_id uuid NOT NULL REFERENCES org,
  parent_id uuid,
  slug text NOT NULL,
  name text NOT NULL,
  path ltree NOT NULL,
  UNIQUE (org_id, node_id),
  UNIQUE (org_id, path),
  FOREIGN KEY (org_id, parent_id) REFERENCES organization_node (org_id, node_id)
);
CREATE INDEX organization_node_path ON organization_node USING gist (path);
CREATE UNIQUE INDEX organization_node_one_root ON organization_node (org_id) WHERE parent_id IS NULL;
COMMENT ON TABLE organization_node IS 'The tree of an organisation; the path is made of the ids of the nodes above. Kept.';

CREATE TABLE auth_role (
  role_id uuid PRIMARY KEY,
  org_id uuid REFERENCES org,
  key text NOT NULL,
  is_system boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX auth_role_key ON auth_role (org_id, key) NULLS NOT DISTINCT;
COMMENT ON TABLE auth_role IS 'Roles; those without an organisation are the system''s. Kept.';

CREATE TABLE auth_permission (
  permission_id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE
);
COMMENT ON TABLE auth_permission IS 'What may be done. Kept.';

CREATE TABLE auth_role_permission (
  role_id uuid NOT NULL REFERENCES auth_role,
  permission_id uuid NOT NULL REFERENCES auth_permission,
  effect text NOT NULL DEFAULT 'allow' CHECK (effect IN ('allow', 'deny')),
  PRIMARY KEY (role_id, permission_id)
);
COMMENT ON TABLE auth_role_permission IS 'What a role may do. Kept.';

-- accounts ----------------------------------------------------------------------------------------------------------

CREATE TABLE users (
  user_id uuid PRIMARY KEY,
  email text UNIQUE CHECK (email = lower(email)),
  full_name text NOT NULL,
  role text NOT NULL DEFAULT 'learner' CHECK (role IN ('learner', 'tutor', 'admin')),
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'closed')),
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE users IS 'People. A guest has no e-mail. The person''s; kept until they ask for its deletion.';

CREATE TABLE user_sessions (
  session_id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users,
  family_id uuid NOT NULL,
  refresh_token_hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  replaced_by uuid,
  replaced_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX user_sessions_user ON user_sessions (user_id);
CREATE INDEX user_sessions_family ON user_sessions (family_id);
CREATE UNIQUE INDEX user_sessions_one_live ON user_sessions (family_id) WHERE replaced_by IS NULL AND revoked_at IS NULL;
COMMENT ON TABLE user_sessions IS 'One row a refresh token, hashed; a family is one sign-in. The person''s; kept until it ends, and 30 days.';

CREATE TABLE walk_in_links (
  token_hash text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users,
  expires_at timestamptz NOT NULL
);
COMMENT ON TABLE walk_in_links IS 'Links that the start prints, hashed. The person''s; kept a week.';

CREATE TABLE user_role_permission (
  grant_id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users,
  org_id uuid NOT NULL,
  node_id uuid NOT NULL,
  role_id uuid NOT NULL REFERENCES auth_role,
  cohort_id uuid,
  valid tstzrange NOT NULL DEFAULT tstzrange(now(), NULL),
  granted_by uuid,
  FOREIGN KEY (org_id, node_id) REFERENCES organization_node (org_id, node_id)
);
CREATE UNIQUE INDEX user_role_permission_once ON user_role_permission (user_id, node_id, role_id, cohort_id) NULLS NOT DISTINCT;
COMMENT ON TABLE user_role_permission IS 'Who was granted which role at which node, and for how long. Kept.';

-- The roles that everybody starts with.
INSERT INTO auth_role (role_id, key, is_system) VALUES
  ('00000000-0000-4000-8000-000000000001', 'owner', true),
  ('00000000-0000-4000-8000-000000000002', 'instructor', true),
  ('00000000-0000-4000-8000-000000000003', 'observer', true),
  ('00000000-0000-4000-8000-000000000004', 'learner', true);
INSERT INTO auth_permission (permission_id, key) VALUES
  ('00000000-0000-4000-8000-000000000011', 'course.write'),
  ('00000000-0000-4000-8000-000000000012', 'course.read'),
  ('00000000-0000-4000-8000-000000000013', 'cohort.write'),
  ('00000000-0000-4000-8000-000000000014', 'cohort.teach'),
  ('00000000-0000-4000-8000-000000000015', 'cohort.observe');
INSERT INTO auth_role_permission (role_id, permission_id)
  SELECT r.role_id, p.permission_id FROM auth_role r, auth_permission p
  WHERE r.key = 'owner'
     OR (r.key = 'instructor' AND p.key IN ('course.read', 'cohort.teach', 'cohort.observe'))
     OR (r.key = 'observer' AND p.key IN ('course.read', 'cohort.observe'));

-- The one predicate: what somebody may do, at which node, and there in which cohort (null: in all). A grant holds at
-- its node and below, while it is valid. Lists, details and joins all ask here.
CREATE FUNCTION granted(actor uuid) RETURNS TABLE (node_id uuid, cohort_id uuid, permission text)
LANGUAGE sql STABLE AS $$
  SELECT below.node_id, g.cohort_id, p.key
  FROM user_role_permission g
  JOIN organization_node at ON at.node_id = g.node_id
  JOIN organization_node below ON below.org_id = at.org_id AND below.path <@ at.path
  JOIN auth_role_permission rp ON rp.role_id = g.role_id AND rp.effect = 'allow'
  JOIN auth_permission p ON p.permission_id = rp.permission_id
  WHERE g.user_id = actor AND g.valid @> now()
$$;
