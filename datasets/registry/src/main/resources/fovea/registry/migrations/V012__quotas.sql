-- What an organisation may keep. No row, or no number: as much as it likes. Only the tables' owner
-- writes here: an organisation does not grant itself room.
CREATE TABLE organization_quotas (
  organization_id uuid PRIMARY KEY REFERENCES organizations (id),
  most_bytes bigint CHECK (most_bytes >= 0),
  most_images bigint CHECK (most_images >= 0),
  most_sessions bigint CHECK (most_sessions >= 0)
);

CREATE INDEX idx_fundus_images_usage ON fundus_images (organization_id) INCLUDE (bytes);
CREATE INDEX idx_session_files_usage ON session_files (organization_id) INCLUDE (bytes);

-- Counted when asked, from indexes alone: nothing to drift from the truth.
CREATE VIEW organization_usage WITH (security_invoker = true) AS
SELECT o.id AS organization_id,
  (SELECT coalesce(sum(i.bytes), 0) FROM fundus_images i WHERE i.organization_id = o.id)
    + (SELECT coalesce(sum(f.bytes), 0) FROM session_files f WHERE f.organization_id = o.id)
    AS bytes,
  (SELECT count(*) FROM fundus_images i WHERE i.organization_id = o.id) AS images,
  (SELECT count(*) FROM sessions s WHERE s.organization_id = o.id) AS sessions
FROM organizations o;

-- The door is the API: what a job expands from an archive was let in before.
CREATE FUNCTION require_quota() RETURNS trigger
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  allowed organization_quotas;
  used organization_usage;
  coming bigint := CASE WHEN TG_TABLE_NAME = 'sessions' THEN 0
    ELSE (to_jsonb(NEW)->>'bytes')::bigint END;
BEGIN
  IF NOT pg_has_role(session_user, 'fovea_api', 'member') THEN
    RETURN NEW;
  END IF;
  SELECT * INTO allowed FROM organization_quotas WHERE organization_id = NEW.organization_id;
  IF NOT FOUND THEN
    RETURN NEW;
  END IF;
  SELECT * INTO used FROM organization_usage WHERE organization_id = NEW.organization_id;
  IF used.bytes + coming > allowed.most_bytes THEN
    RAISE EXCEPTION 'the organisation keeps % of % bytes', used.bytes, allowed.most_bytes
      USING ERRCODE = 'FQ001';
  ELSIF TG_TABLE_NAME = 'fundus_images' AND used.images >= allowed.most_images THEN
    RAISE EXCEPTION 'the organisation keeps % of % images', used.images, allowed.most_images
      USING ERRCODE = 'FQ001';
  ELSIF TG_TABLE_NAME = 'sessions' AND used.sessions >= allowed.most_sessions THEN
    RAISE EXCEPTION 'the organisation keeps % of % sessions', used.sessions, allowed.most_sessions
      USING ERRCODE = 'FQ001';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER quota BEFORE INSERT ON fundus_images
  FOR EACH ROW EXECUTE FUNCTION require_quota();
CREATE TRIGGER quota BEFORE INSERT ON session_files
  FOR EACH ROW EXECUTE FUNCTION require_quota();
CREATE TRIGGER quota BEFORE INSERT ON sessions
  FOR EACH ROW EXECUTE FUNCTION require_quota();

-- What looked like an attack. organization_id is null where nobody knows whose it was.
CREATE TABLE security_events (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  organization_id uuid REFERENCES organizations (id),
  user_id uuid,
  kind varchar(50) NOT NULL,
  address inet NOT NULL,
  signs integer NOT NULL CHECK (signs > 0),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_security_events_created_at ON security_events (created_at);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['organization_quotas', 'security_events']
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

-- An event of nobody known may be written and not read.
CREATE POLICY noticed ON security_events FOR INSERT TO fovea_api
  WITH CHECK (organization_id IS NULL
    OR organization_id = nullif(current_setting('fovea.organization', true), '')::uuid);

GRANT SELECT ON organization_quotas, organization_usage TO fovea_api;
GRANT SELECT, INSERT ON security_events TO fovea_api;
