-- Uploads in parts carry the store's name for them; an upload that nobody finished is told by when its
-- URL was last asked for, and ends as abandoned.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['fundus_images', 'session_files']
  LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN multipart_id text', t);
    EXECUTE format('ALTER TABLE %I ADD COLUMN asked_at timestamptz NOT NULL DEFAULT now()', t);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', t, t || '_status_check');
    EXECUTE format(
      'ALTER TABLE %I ADD CHECK (status IN (''requested'', ''uploaded'', ''accepted'',
         ''quarantined'', ''duplicate'', ''expanded'', ''abandoned''))', t);
    EXECUTE format('CREATE INDEX ON %I (asked_at) WHERE status = ''requested''', t);
  END LOOP;
END
$$;

-- A session that failed is not taken up again: another one is made of its files, once.
ALTER TABLE sessions
  ADD COLUMN restart_of uuid,
  ADD FOREIGN KEY (organization_id, restart_of) REFERENCES sessions (organization_id, id),
  ADD UNIQUE (organization_id, restart_of);

-- The API looks for abandoned uploads in one organisation after another, and must know which there are.
CREATE POLICY housekeeping ON organizations FOR SELECT TO fovea_api
  USING (current_setting('fovea.housekeeping', true) = 'on');

-- Models that were made elsewhere come in through the API.
GRANT INSERT ON models TO fovea_api;

-- What was abandoned takes no room.
DROP INDEX idx_fundus_images_usage, idx_session_files_usage;
CREATE INDEX idx_fundus_images_usage ON fundus_images (organization_id) INCLUDE (bytes)
  WHERE status <> 'abandoned';
CREATE INDEX idx_session_files_usage ON session_files (organization_id) INCLUDE (bytes)
  WHERE status <> 'abandoned';
CREATE OR REPLACE VIEW organization_usage WITH (security_invoker = true) AS
SELECT o.id AS organization_id,
  (SELECT coalesce(sum(i.bytes), 0) FROM fundus_images i
    WHERE i.organization_id = o.id AND i.status <> 'abandoned')
    + (SELECT coalesce(sum(f.bytes), 0) FROM session_files f
      WHERE f.organization_id = o.id AND f.status <> 'abandoned')
    AS bytes,
  (SELECT count(*) FROM fundus_images i
    WHERE i.organization_id = o.id AND i.status <> 'abandoned') AS images,
  (SELECT count(*) FROM sessions s WHERE s.organization_id = o.id) AS sessions
FROM organizations o;
