-- Places and permissions, whole: kinds of places, trees that move, grants that deny, of one permission, for a while; keys for
-- programs; views as somebody else.

-- orgs: the tree ----------------------------------------------------------------------------------------------------

CREATE TABLE node_types (
  node_type_id uuid PRIMARY KEY,
  org_id uuid REFERENCES org,
  key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  name text NOT NULL,
  allowed_children text[]
);
CREATE UNIQUE INDEX node_types_key ON node_types (org_id, key) NULLS NOT DISTINCT;
COMMENT ON TABLE node_types IS 'Kinds of places, and which kinds may stand below (null: any); those without an organisation are everybody''s. Kept.';
INSERT INTO node_types (node_type_id, key, name) VALUES
  ('00000000-0000-4000-8000-000000000101', 'organisation', 'Organisation'),
  ('00000000-0000-4000-8000-000000000102', 'unit', 'Unit'),
  ('00000000-0000-4000-8000-000000000103', 'region', 'Region'),
  ('00000000-0000-4000-8000-000000000104', 'school', 'School'),
  ('00000000-0000-4000-8000-000000000105', 'department', 'Department'),
  ('00000000-0000-4000-8000-000000000106', 'team', 'Team');

ALTER TABLE organization_node
  ADD COLUMN node_type_id uuid NOT NULL DEFAULT '00000000-0000-4000-8000-000000000102' REFERENCES node_types,
  ADD COLUMN depth int GENERATED ALWAYS AS (nlevel(path) - 1) STORED,
  ADD COLUMN row_version int NOT NULL DEFAULT 1;
UPDATE organization_node SET node_type_id = '00000000-0000-4000-8000-000000000101' WHERE parent_id IS NULL;
CREATE UNIQUE INDEX organization_node_slug ON organization_node (org_id, parent_id, slug) NULLS NOT DISTINCT;
CREATE INDEX organization_node_parent ON organization_node (parent_id, name, node_id);

CREATE FUNCTION organization_node_placed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above ltree;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.org_id <> OLD.org_id THEN RAISE EXCEPTION 'a place stays in its organisation' USING ERRCODE = 'check_violation'; END IF;
    IF NEW.parent_id IS NOT DISTINCT FROM OLD.parent_id THEN RETURN NEW; END IF;
    IF (NEW.parent_id IS NULL) <> (OLD.parent_id IS NULL) THEN RAISE EXCEPTION 'a root stays one' USING ERRCODE = 'check_violation'; END IF;
  END IF;
  -- One move of a tree at a time: two at once could make a ring between them.
  PERFORM 1 FROM org WHERE org_id = NEW.org_id FOR NO KEY UPDATE;
  IF NEW.parent_id IS NULL THEN
    NEW.path := text2ltree(replace(NEW.node_id::text, '-', ''));
    RETURN NEW;
  END IF;
  SELECT path INTO above FROM organization_node WHERE org_id = NEW.org_id AND node_id = NEW.parent_id;
  IF above IS NULL THEN RAISE EXCEPTION 'the place above is of another organisation' USING ERRCODE = 'foreign_key_violation'; END IF;
  IF TG_OP = 'UPDATE' AND above <@ OLD.path THEN RAISE EXCEPTION 'a place cannot stand below itself' USING ERRCODE = 'check_violation', CONSTRAINT = 'organization_node_no_ring'; END IF;
  NEW.path := above || text2ltree(replace(NEW.node_id::text, '-', ''));
  RETURN NEW;
END $$;
CREATE TRIGGER organization_node_placed BEFORE INSERT OR UPDATE OF parent_id, org_id ON organization_node FOR EACH ROW EXECUTE FUNCTION organization_node_placed();

CREATE FUNCTION organization_node_followed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE organization_node SET path = NEW.path || subpath(path, nlevel(OLD.path)) WHERE org_id = NEW.org_id AND path <@ OLD.path AND node_id <> NEW.node_id;
  RETURN NULL;
END $$;
CREATE TRIGGER organization_node_followed AFTER UPDATE OF parent_id ON organization_node FOR EACH ROW WHEN (NEW.path IS DISTINCT FROM OLD.path) EXECUTE FUNCTION organization_node_followed();

CREATE VIEW tenants AS SELECT org_id AS tenant_id, slug, name, default_language FROM org;
CREATE VIEW branches AS SELECT node_id AS branch_id, org_id AS tenant_id, parent_id AS parent_branch_id, node_type_id, slug, name, path, depth FROM organization_node;

-- Roles and grants --------------------------------------------------------------------------------------------------

ALTER TABLE auth_role ADD COLUMN name text NOT NULL DEFAULT '', ADD COLUMN row_version int NOT NULL DEFAULT 1;
UPDATE auth_role SET name = initcap(key);
INSERT INTO auth_role (role_id, key, name, is_system) VALUES
  ('00000000-0000-4000-8000-000000000005', 'administrator', 'Administrator', true),
  ('00000000-0000-4000-8000-000000000006', 'author', 'Author', true);
INSERT INTO auth_permission (permission_id, key) VALUES
  ('00000000-0000-4000-8000-000000000021', 'org.create'),
  ('00000000-0000-4000-8000-000000000022', 'node.read'),
  ('00000000-0000-4000-8000-000000000023', 'node.write'),
  ('00000000-0000-4000-8000-000000000024', 'role.write'),
  ('00000000-0000-4000-8000-000000000025', 'grant.read'),
  ('00000000-0000-4000-8000-000000000026', 'grant.write'),
  ('00000000-0000-4000-8000-000000000027', 'key.write'),
  ('00000000-0000-4000-8000-000000000028', 'person.view_as'),
  ('00000000-0000-4000-8000-000000000029', 'sso.write'),
  ('00000000-0000-4000-8000-000000000030', 'tutor.review'),
  ('00000000-0000-4000-8000-000000000031', 'course.staff');
INSERT INTO auth_role_permission (role_id, permission_id)
  SELECT r.role_id, p.permission_id FROM auth_role r, auth_permission p
  WHERE r.is_system AND (r.key = 'owner'
     OR (r.key = 'administrator' AND p.key <> 'org.create')
     OR (r.key = 'author' AND p.key IN ('node.read', 'course.read', 'course.write')))
  ON CONFLICT DO NOTHING;

ALTER TABLE user_role_permission
  ALTER COLUMN role_id DROP NOT NULL,
  ADD COLUMN permission_id uuid REFERENCES auth_permission,
  ADD COLUMN effect text NOT NULL DEFAULT 'allow' CHECK (effect IN ('allow', 'deny')),
  ADD COLUMN granted_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN is_lapsed boolean NOT NULL DEFAULT false,
  ADD CHECK (num_nonnulls(role_id, permission_id) = 1);
DROP INDEX user_role_permission_once;
CREATE UNIQUE INDEX user_role_permission_once ON user_role_permission (user_id, node_id, role_id, permission_id, cohort_id, effect) NULLS NOT DISTINCT;
CREATE INDEX user_role_permission_node ON user_role_permission (node_id);
CREATE INDEX user_role_permission_role ON user_role_permission (role_id) WHERE role_id IS NOT NULL;
CREATE INDEX user_role_permission_ends ON user_role_permission (upper(valid)) WHERE NOT is_lapsed AND upper(valid) IS NOT NULL;

-- What each grant says now, permission by permission. A grant holds at its node and below. Everything below asks here.
CREATE VIEW grants_in_force AS
  SELECT g.user_id, g.grant_id, g.org_id, g.node_id, at.path, g.cohort_id, p.key AS permission, (g.effect = 'allow' AND coalesce(rp.effect, 'allow') = 'allow') AS allows
  FROM user_role_permission g
  JOIN organization_node at ON at.node_id = g.node_id
  LEFT JOIN auth_role_permission rp ON rp.role_id = g.role_id
  JOIN auth_permission p ON p.permission_id = coalesce(rp.permission_id, g.permission_id)
  WHERE g.valid @> now();

-- The one predicate: what somebody may do at which node, and there in which cohort (null: in all). A deny at the node or above
-- wins over every allow; one on a cohort alone is minded where cohorts are looked at (`granted_in`).
CREATE OR REPLACE FUNCTION granted(actor uuid) RETURNS TABLE (node_id uuid, cohort_id uuid, permission text)
LANGUAGE sql STABLE AS $$
  SELECT below.node_id, g.cohort_id, g.permission
  FROM grants_in_force g
  JOIN organization_node below ON below.org_id = g.org_id AND below.path <@ g.path
  WHERE g.user_id = actor AND g.allows
    AND NOT EXISTS (
      SELECT 1 FROM grants_in_force d
      WHERE d.user_id = actor AND NOT d.allows AND d.permission = g.permission AND d.org_id = below.org_id AND d.path @> below.path
        AND (d.cohort_id IS NULL OR d.cohort_id = g.cohort_id))
$$;

-- The same of one place, found from it upwards: as cheap in a tree of ten thousand as in one of ten, whoever asks.
CREATE FUNCTION permissions_at(actor uuid, node uuid) RETURNS SETOF text
LANGUAGE sql STABLE AS $$
  SELECT DISTINCT g.permission
  FROM grants_in_force g
  WHERE g.user_id = actor AND g.allows AND g.cohort_id IS NULL AND g.path @> (SELECT n.path FROM organization_node n WHERE n.node_id = node)
    AND NOT EXISTS (
      SELECT 1 FROM grants_in_force d
      WHERE d.user_id = actor AND NOT d.allows AND d.permission = g.permission AND d.cohort_id IS NULL AND d.path @> (SELECT n.path FROM organization_node n WHERE n.node_id = node))
$$;

-- The same for cohorts: what somebody may do in each by grants.
CREATE FUNCTION granted_in(actor uuid) RETURNS TABLE (cohort_id uuid, permission text)
LANGUAGE sql STABLE AS $$
  SELECT c.cohort_id, g.permission
  FROM granted(actor) g
  JOIN cohorts c ON c.node_id = g.node_id AND (g.cohort_id IS NULL OR g.cohort_id = c.cohort_id)
  WHERE NOT EXISTS (SELECT 1 FROM grants_in_force d WHERE d.user_id = actor AND NOT d.allows AND d.permission = g.permission AND d.cohort_id = c.cohort_id)
$$;

-- What somebody is denied in a cohort, whoever lists them there.
CREATE FUNCTION denied_in(actor uuid, cohort uuid, what text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM cohorts c JOIN organization_node n ON n.node_id = c.node_id
    JOIN grants_in_force d ON d.user_id = actor AND NOT d.allows AND d.permission = what AND d.org_id = n.org_id AND d.path @> n.path
    WHERE c.cohort_id = cohort AND (d.cohort_id IS NULL OR d.cohort_id = c.cohort_id))
$$;

-- How somebody stands in each cohort they may enter: by the list, or by a grant. 3 instructor, 2 observer, 1 learner. A deny
-- wins over the list too: an instructor who is denied teaching observes, who is denied observing is out.
CREATE OR REPLACE FUNCTION standings(actor uuid) RETURNS TABLE (cohort_id uuid, rank int, member_id uuid)
LANGUAGE sql STABLE AS $$
  SELECT s.cohort_id, max(s.rank), (array_agg(s.member_id) FILTER (WHERE s.member_id IS NOT NULL))[1]
  FROM (
    SELECT m.cohort_id, 1 AS rank, m.member_id FROM cohort_members m WHERE m.user_id = actor AND m.status = 'active' AND m.role = 'learner'
    UNION ALL
    SELECT m.cohort_id, CASE WHEN m.role = 'instructor' AND NOT denied_in(actor, m.cohort_id, 'cohort.teach') THEN 3 ELSE 2 END, m.member_id
    FROM cohort_members m WHERE m.user_id = actor AND m.status = 'active' AND m.role <> 'learner'
      AND NOT (denied_in(actor, m.cohort_id, 'cohort.observe') AND (m.role = 'observer' OR denied_in(actor, m.cohort_id, 'cohort.teach')))
    UNION ALL
    SELECT g.cohort_id, CASE g.permission WHEN 'cohort.teach' THEN 3 ELSE 2 END, NULL
    FROM granted_in(actor) g WHERE g.permission IN ('cohort.teach', 'cohort.observe')
  ) s GROUP BY s.cohort_id
$$;

-- Whoever may do less somewhere is looked at wherever they are.
ALTER TABLE revocations DROP CONSTRAINT revocations_check1;

-- Programs: a key is somebody of its own, who was granted its scopes at its node -------------------------------------

ALTER TABLE users DROP CONSTRAINT users_role_check, ADD CONSTRAINT users_role_check CHECK (role IN ('learner', 'tutor', 'admin', 'program'));

CREATE TABLE api_keys (
  key_id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  node_id uuid NOT NULL,
  user_id uuid NOT NULL UNIQUE REFERENCES users,
  name text NOT NULL,
  prefix text NOT NULL UNIQUE,
  secret_hash text NOT NULL,
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid,
  FOREIGN KEY (org_id, node_id) REFERENCES organization_node (org_id, node_id)
);
CREATE INDEX api_keys_node ON api_keys (node_id);
COMMENT ON TABLE api_keys IS 'Keys of programs, hashed; each is a user of its own. The organisation''s; kept.';

CREATE TABLE impersonation_sessions (
  impersonation_id uuid PRIMARY KEY,
  actor_id uuid NOT NULL REFERENCES users,
  target_id uuid NOT NULL REFERENCES users,
  family_id uuid NOT NULL,
  reason text NOT NULL,
  started_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  CHECK (actor_id <> target_id),
  CHECK (expires_at > started_at)
);
CREATE UNIQUE INDEX impersonation_sessions_one ON impersonation_sessions (actor_id) WHERE ended_at IS NULL;
CREATE INDEX impersonation_sessions_target ON impersonation_sessions (target_id, started_at);
COMMENT ON TABLE impersonation_sessions IS 'Who viewed as whom, why, and until when. The organisation''s and the person''s; kept.';
