-- An uploaded archive is expanded into uploads of their own: they name it, it counts them. A file of
-- an archive may be empty; it is kept out, and still has its row.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['fundus_images', 'session_files']
  LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN archive_id uuid', t);
    EXECUTE format('ALTER TABLE %I ADD COLUMN members integer CHECK (members > 0)', t);
    EXECUTE format(
      'ALTER TABLE %I ADD FOREIGN KEY (organization_id, archive_id)
         REFERENCES %I (organization_id, id)', t, t);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', t, t || '_bytes_check');
    EXECUTE format(
      'ALTER TABLE %I ADD CHECK (bytes > 0 OR (bytes = 0 AND archive_id IS NOT NULL))', t);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', t, t || '_status_check');
    EXECUTE format(
      'ALTER TABLE %I ADD CHECK (status IN
         (''requested'', ''uploaded'', ''accepted'', ''quarantined'', ''duplicate'', ''expanded''))', t);
    EXECUTE format('CREATE INDEX ON %I (archive_id) WHERE archive_id IS NOT NULL', t);
  END LOOP;
END
$$;

GRANT INSERT ON fundus_images, session_files TO fovea_jobs;
GRANT UPDATE (members) ON fundus_images, session_files TO fovea_jobs;
