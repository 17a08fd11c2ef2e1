-- Requests with an Idempotency-Key, and what they were answered with: AES-256-GCM under
-- ENCRYPTION_KEY, sealed to the row. No status: the request is being done.
CREATE TABLE idempotency_keys (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  user_id uuid NOT NULL,
  route varchar(500) NOT NULL,
  key varchar(255) NOT NULL,
  request_sha256 char(64) NOT NULL,
  status smallint,
  media_type varchar(100),
  answer bytea,
  begun_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (organization_id, user_id, route, key),
  CHECK ((status IS NULL) = (answer IS NULL) AND (status IS NULL) = (media_type IS NULL))
);

CREATE INDEX idx_idempotency_keys_begun ON idempotency_keys (begun_at);

ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY organization ON idempotency_keys TO fovea_api
  USING (organization_id = nullif(current_setting('fovea.organization', true), '')::uuid)
  WITH CHECK (organization_id = nullif(current_setting('fovea.organization', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO fovea_api;
