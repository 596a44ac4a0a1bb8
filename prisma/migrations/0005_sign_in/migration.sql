-- Signing in by a link in an e-mail, and guests who turn out to be somebody. Old nodes know nothing of it and go on.

ALTER TABLE users ADD COLUMN merged_into uuid REFERENCES users;
ALTER TABLE users ADD CONSTRAINT users_merged CHECK (merged_into IS NULL OR (status = 'closed' AND email IS NULL));
CREATE INDEX users_merged_into ON users (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE sign_in_links (
  link_id uuid PRIMARY KEY,
  email text NOT NULL CHECK (email = lower(email)),
  vouched boolean NOT NULL DEFAULT false,
  asked_at timestamptz NOT NULL,
  token_hash text UNIQUE,
  expires_at timestamptz,
  sent_at timestamptz,
  used_at timestamptz,
  CHECK ((token_hash IS NULL) = (expires_at IS NULL))
);
CREATE INDEX sign_in_links_of ON sign_in_links (email, asked_at);
COMMENT ON TABLE sign_in_links IS 'Links that were asked for by e-mail, hashed once they are sent; vouched: an owner gave the address. The person''s; kept a day.';

CREATE TABLE sign_in_tries (
  try_id uuid PRIMARY KEY,
  what text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX sign_in_tries_of ON sign_in_tries (what, at);
COMMENT ON TABLE sign_in_tries IS 'Who asked for links, and tried wrong ones, how often: hashes of e-mails and of addresses. The person''s; kept an hour.';

-- Whom a list waits for under this e-mail: the name that it gives them.
CREATE FUNCTION expected(address text) RETURNS TABLE (name text)
LANGUAGE sql STABLE AS $$
  SELECT m.display_name FROM cohort_members m JOIN cohorts c USING (cohort_id)
  WHERE m.email = address AND m.user_id IS NULL AND m.status = 'active' AND c.is_active AND coalesce(c.ends_at > now(), true)
  ORDER BY m.created_at, m.member_id LIMIT 1
$$;
