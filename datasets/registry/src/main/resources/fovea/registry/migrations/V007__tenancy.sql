-- What is unique is unique within an organisation: a violation says nothing about another one.
ALTER TABLE users DROP CONSTRAINT users_email_key;
ALTER TABLE users ADD UNIQUE (organization_id, email);
CREATE INDEX idx_users_email ON users (email);

ALTER TABLE eyes DROP CONSTRAINT eyes_patient_id_laterality_key;
ALTER TABLE eyes ADD UNIQUE (organization_id, patient_id, laterality);
CREATE INDEX idx_eyes_patient ON eyes (patient_id);

DO $$
DECLARE
  c text;
BEGIN
  SELECT conname INTO STRICT c FROM pg_constraint
  WHERE conrelid = 'refractive_measurements'::regclass AND contype = 'u';
  EXECUTE format('ALTER TABLE refractive_measurements DROP CONSTRAINT %I', c);
END
$$;
ALTER TABLE refractive_measurements ADD UNIQUE NULLS NOT DISTINCT
  (organization_id, eye_id, sphere, cylinder, axis, axial_length, intraocular_pressure, diagnosis);
CREATE INDEX idx_refractive_measurements_eye ON refractive_measurements (eye_id);

ALTER TABLE session_files DROP CONSTRAINT session_files_session_id_name_key;
ALTER TABLE session_files ADD UNIQUE (organization_id, session_id, name);
CREATE INDEX idx_session_files_session ON session_files (session_id, name);

ALTER TABLE models DROP CONSTRAINT models_session_id_version_format_key;
ALTER TABLE models ADD UNIQUE (organization_id, session_id, version, format);
CREATE INDEX idx_models_session ON models (session_id);

-- The owner is subject to row-level security too, and sees rows as itself only: what it lends to
-- others, a definer's function or view, sees nothing in their hands.
DO $$
DECLARE
  t regclass;
BEGIN
  FOR t IN SELECT oid FROM pg_class
           WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
             AND relname <> 'flyway_schema_history'
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY owner ON %s TO CURRENT_USER USING (session_user = current_user)', t);
  END LOOP;
END
$$;

-- Nobody but the owner makes anything here, and nothing is anybody's by default.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
