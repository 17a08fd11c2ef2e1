-- The audit log is a chain for each organisation (the zero UUID: for acts of none): every row is
-- sealed by a hash over the seal before it and its own text, so that a row that was edited, taken
-- out or slipped in is found.
--
-- A row is sealed when its transaction commits, by a deferred trigger: the chain's lock is held for
-- the moment of the commit and not for the work before it, organisations do not wait for each other,
-- and what is rolled back was never in the chain.

-- Where a chain ends.
CREATE TABLE audit_chains (
  organization_id uuid PRIMARY KEY,
  position bigint NOT NULL CHECK (position > 0),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);

CREATE TABLE audit_seals (
  organization_id uuid NOT NULL,
  position bigint NOT NULL CHECK (position > 0),
  audit_id bigint NOT NULL UNIQUE,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (organization_id, position)
);

-- Rows that were moved to the object store: the chain goes on from the hash of the last of them.
-- file_sha256 is the hash of the object as it lies there.
CREATE TABLE audit_archives (
  organization_id uuid NOT NULL,
  first_position bigint NOT NULL CHECK (first_position > 0),
  last_position bigint NOT NULL CHECK (last_position >= first_position),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  object_key text NOT NULL UNIQUE,
  file_sha256 char(64) NOT NULL,
  archived_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, first_position)
);

CREATE INDEX idx_audit_log_created_at ON audit_log (created_at);

-- What is hashed of a row: the same in every time zone.
CREATE FUNCTION audit_text(a audit_log) RETURNS text
  LANGUAGE sql STABLE SET search_path = public, pg_temp
  RETURN jsonb_build_array((a).id, (a).organization_id, (a).user_id, (a).operation, (a).table_name,
    (a).operation_status, (a).details,
    to_char((a).created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text;

CREATE FUNCTION append_seal(a audit_log) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  chain uuid := coalesce(a.organization_id, '00000000-0000-0000-0000-000000000000');
  content bytea := convert_to(audit_text(a), 'UTF8');
  sealed audit_chains;
BEGIN
  INSERT INTO audit_chains AS c (organization_id, position, hash)
  VALUES (chain, 1, sha256(decode(repeat('00', 32), 'hex') || content))
  ON CONFLICT (organization_id) DO UPDATE
    SET position = c.position + 1, hash = sha256(c.hash || content)
  RETURNING * INTO sealed;
  INSERT INTO audit_seals (organization_id, position, audit_id, hash)
  VALUES (chain, sealed.position, a.id, sealed.hash);
END
$$;

-- Runs as the tables' owner: nobody else writes seals. A transaction of the API has one organisation
-- and so one chain; those of the jobs have several, and let one another pass before they begin, or
-- two of them could wait for each other.
CREATE FUNCTION seal_audit() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT pg_has_role(session_user, 'fovea_api', 'member') THEN
    PERFORM pg_advisory_xact_lock(hashtext('fovea audit of several organisations'));
  END IF;
  PERFORM append_seal(NEW);
  RETURN NULL;
END
$$;

REVOKE EXECUTE ON FUNCTION append_seal(audit_log), seal_audit() FROM PUBLIC;

-- What was logged before there was a chain begins it.
DO $$
DECLARE
  a audit_log;
BEGIN
  FOR a IN SELECT * FROM audit_log ORDER BY id LOOP
    PERFORM append_seal(a);
  END LOOP;
END
$$;

CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON audit_log
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION seal_audit();

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['audit_chains', 'audit_seals', 'audit_archives']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY organization ON %I FOR SELECT TO fovea_api
         USING (organization_id = nullif(current_setting(''fovea.organization'', true), '''')::uuid)',
      t);
    EXECUTE format(
      'CREATE POLICY owner ON %I TO %I USING (pg_has_role(current_user, %L, ''member''))',
      t, current_user, current_user);
  END LOOP;
END
$$;

GRANT SELECT ON audit_chains, audit_seals, audit_archives TO fovea_api;
