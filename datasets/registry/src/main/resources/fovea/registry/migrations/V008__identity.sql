-- Who may sign in. People are of this house (a password) or of an issuer's (issuer and subject); who
-- was deleted stays as a row without a name, because what was done still points at it.
-- of_platform: the account whose password lies in the platform's own folder.
ALTER TABLE users
  ALTER COLUMN password_hash DROP NOT NULL,
  ADD COLUMN issuer text,
  ADD COLUMN subject text,
  ADD COLUMN of_platform boolean NOT NULL DEFAULT false,
  ADD COLUMN disabled_at timestamptz,
  ADD COLUMN deleted_at timestamptz,
  ADD CHECK ((issuer IS NULL) = (subject IS NULL)),
  ADD UNIQUE (organization_id, issuer, subject);

-- One row a sign-in; every token of it ends with it.
CREATE TABLE sign_ins (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  user_id uuid NOT NULL,
  second_factor boolean NOT NULL,
  agent varchar(200),
  made_at timestamptz NOT NULL DEFAULT now(),
  refreshed_at timestamptz NOT NULL DEFAULT now(),
  ends_at timestamptz NOT NULL,
  ended_at timestamptz,
  end_reason varchar(20)
    CHECK (end_reason IN ('signed_out', 'ended', 'token_reused', 'password', 'user')),
  CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
);
CREATE INDEX idx_sign_ins_user ON sign_ins (user_id, made_at DESC);

-- Tokens are known by their SHA-256 only. A refresh token works once; used again, it ends its sign-in.
CREATE TABLE refresh_tokens (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  sign_in_id uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz,
  FOREIGN KEY (organization_id, sign_in_id) REFERENCES sign_ins (organization_id, id)
);
CREATE INDEX idx_refresh_tokens_sign_in ON refresh_tokens (sign_in_id);

CREATE TABLE service_tokens (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  name varchar(100) NOT NULL,
  role varchar(50) NOT NULL DEFAULT 'ml_pipeline' CHECK (role = 'ml_pipeline'),
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id)
);

-- secret: of RFC 6238, AES-256-GCM under ENCRYPTION_KEY. last_step: the newest 30 s whose code was
-- used, so that none is used twice.
CREATE TABLE second_factors (
  user_id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organizations (id),
  secret bytea NOT NULL,
  confirmed_at timestamptz,
  last_step bigint NOT NULL DEFAULT 0,
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
);

CREATE TABLE recovery_codes (
  organization_id uuid NOT NULL REFERENCES organizations (id),
  user_id uuid NOT NULL,
  code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
  PRIMARY KEY (organization_id, user_id, code_hash),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
);

-- Tries of sign-in, by the SHA-256 of what was tried: an email, whether anybody has it or not, and
-- an address. Of no organisation.
CREATE TABLE sign_in_attempts (
  subject bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
  attempts integer NOT NULL CHECK (attempts > 0),
  since timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_sign_in_attempts_since ON sign_in_attempts (since);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['sign_ins', 'refresh_tokens', 'service_tokens', 'second_factors',
                           'recovery_codes', 'sign_in_attempts']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY owner ON %I TO CURRENT_USER USING (session_user = current_user)', t);
    CONTINUE WHEN t = 'sign_in_attempts';
    EXECUTE format(
      'CREATE POLICY organization ON %I TO fovea_api
         USING (organization_id = nullif(current_setting(''fovea.organization'', true), '''')::uuid)
         WITH CHECK (organization_id = nullif(current_setting(''fovea.organization'', true), '''')::uuid)',
      t);
  END LOOP;
END
$$;

-- Before the organisation is known: exactly the row of the token that was shown.
CREATE POLICY credential ON refresh_tokens FOR SELECT TO fovea_api
  USING (token_hash = decode(nullif(current_setting('fovea.credential', true), ''), 'hex'));
CREATE POLICY credential ON service_tokens FOR SELECT TO fovea_api
  USING (token_hash = decode(nullif(current_setting('fovea.credential', true), ''), 'hex'));

-- The tries of this request, and those of long ago, so that they can be deleted.
CREATE POLICY tried ON sign_in_attempts TO fovea_api
  USING (encode(subject, 'hex') = ANY (string_to_array(current_setting('fovea.tried', true), ','))
    OR (since < now() - interval '1 day' AND current_setting('fovea.tried', true) <> ''))
  WITH CHECK
    (encode(subject, 'hex') = ANY (string_to_array(current_setting('fovea.tried', true), ',')));

GRANT INSERT (organization_id, email, name, role, password_hash, issuer, subject)
  ON users TO fovea_api;
GRANT UPDATE (email, name, role, password_hash, issuer, subject, disabled_at, deleted_at)
  ON users TO fovea_api;
GRANT SELECT, INSERT ON sign_ins, refresh_tokens, service_tokens TO fovea_api;
GRANT UPDATE (second_factor, refreshed_at, ended_at, end_reason) ON sign_ins TO fovea_api;
GRANT UPDATE (used_at) ON refresh_tokens TO fovea_api;
GRANT UPDATE (revoked_at) ON service_tokens TO fovea_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON second_factors, sign_in_attempts TO fovea_api;
GRANT SELECT, INSERT, DELETE ON recovery_codes TO fovea_api;
