-- Identities of OpenID Connect providers, what is known of each sign-in, and profiles. Old nodes know nothing of it and go on.

CREATE TABLE user_identities (
  identity_id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users,
  issuer text NOT NULL,
  subject text NOT NULL,
  email text,
  added_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  UNIQUE (issuer, subject)
);
CREATE INDEX user_identities_user ON user_identities (user_id);
COMMENT ON TABLE user_identities IS 'As whom providers know somebody. The person''s; kept until they remove it or close their account.';

CREATE TABLE sso_configs (
  sso_id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  node_id uuid NOT NULL,
  name text NOT NULL,
  issuer text NOT NULL,
  client_id text NOT NULL,
  secret_enc text NOT NULL,
  role_id uuid REFERENCES auth_role ON DELETE SET NULL,
  enabled boolean NOT NULL DEFAULT true,
  row_version int NOT NULL DEFAULT 1,
  UNIQUE (org_id, sso_id),
  FOREIGN KEY (org_id, node_id) REFERENCES organization_node (org_id, node_id)
);
CREATE INDEX sso_configs_node ON sso_configs (node_id);
COMMENT ON TABLE sso_configs IS 'Providers of organisations, the client''s secret sealed; role_id: what is granted at the node on the first sign-in. The organisation''s; kept.';

CREATE TABLE sso_domains (
  sso_id uuid NOT NULL,
  org_id uuid NOT NULL,
  domain text NOT NULL CHECK (domain = lower(domain)),
  proven_at timestamptz,
  PRIMARY KEY (sso_id, domain),
  FOREIGN KEY (org_id, sso_id) REFERENCES sso_configs (org_id, sso_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX sso_domains_proven ON sso_domains (domain) WHERE proven_at IS NOT NULL;
COMMENT ON TABLE sso_domains IS 'Domains whose people a provider signs in; only those count that a DNS record of theirs has proven, each for one provider. The organisation''s; kept.';

CREATE TABLE oidc_flows (
  flow_hash text PRIMARY KEY,
  sso_id uuid REFERENCES sso_configs ON DELETE CASCADE,
  user_id uuid REFERENCES users,
  asked_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
COMMENT ON TABLE oidc_flows IS 'Sign-ins that are at a provider; state, nonce and verifier are made from a secret that only the browser has. user_id: who adds an identity. The person''s; kept an hour.';

CREATE TABLE sign_ins (
  family_id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users,
  how text NOT NULL CHECK (how IN ('code', 'email', 'provider', 'link', 'dev')),
  identity_id uuid REFERENCES user_identities ON DELETE SET NULL,
  provider text,
  device text NOT NULL,
  network text NOT NULL,
  started_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL
);
CREATE INDEX sign_ins_user ON sign_ins (user_id);
COMMENT ON TABLE sign_ins IS 'How each sign-in came, with which kind of device, and from which network (/24, /48) it was last used. The person''s; kept until it ends, and 30 days.';

CREATE TABLE user_profiles (
  user_id uuid PRIMARY KEY REFERENCES users,
  locale text,
  tz text,
  headline text,
  row_version int NOT NULL DEFAULT 1
);
COMMENT ON TABLE user_profiles IS 'What people say of themselves. The person''s; kept until they close their account.';

CREATE TABLE companies (
  company_id uuid PRIMARY KEY,
  name text NOT NULL
);
CREATE UNIQUE INDEX companies_name ON companies (lower(name));
COMMENT ON TABLE companies IS 'Where people work or worked, by name. Nobody''s; kept while somebody names it.';

CREATE TABLE user_education (
  education_id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users,
  institution text NOT NULL,
  degree text,
  field text,
  starts_on date NOT NULL,
  ends_on date,
  CHECK (ends_on >= starts_on)
);
CREATE INDEX user_education_user ON user_education (user_id);
COMMENT ON TABLE user_education IS 'Where people learned. The person''s; kept until they close their account.';

CREATE TABLE user_experiences (
  experience_id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users,
  company_id uuid NOT NULL REFERENCES companies,
  title text NOT NULL,
  starts_on date NOT NULL,
  ends_on date,
  CHECK (ends_on >= starts_on)
);
CREATE INDEX user_experiences_user ON user_experiences (user_id);
CREATE INDEX user_experiences_company ON user_experiences (company_id);
COMMENT ON TABLE user_experiences IS 'Where people worked. The person''s; kept until they close their account.';
