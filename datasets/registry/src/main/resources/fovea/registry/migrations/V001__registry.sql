-- Roles: the API and the jobs connect as members of these groups, never as the tables' owner.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fovea_api') THEN
    CREATE ROLE fovea_api NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fovea_jobs') THEN
    CREATE ROLE fovea_jobs NOLOGIN;
  END IF;
END
$$;

CREATE TABLE organizations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(255) NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Foreign keys are checked as the owner, past row-level security. Every key between tables of a
-- tenant therefore carries the organisation: a row cannot point into another organisation.
CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  email varchar(255) NOT NULL UNIQUE CHECK (email = lower(email)),
  name varchar(255) NOT NULL,
  role varchar(50) NOT NULL DEFAULT 'doctor'
    CHECK (role IN ('doctor', 'researcher', 'ml_pipeline', 'admin')),
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (organization_id, id)
);

-- patient_name: AES-256-GCM under ENCRYPTION_KEY, encrypted and decrypted by the application only.
CREATE TABLE patients (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  external_reference varchar(255),
  patient_name bytea,
  age integer CHECK (age BETWEEN 0 AND 150),
  gender varchar(20) CHECK (gender IN ('female', 'male', 'other')),
  ethnicity varchar(100),
  created_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (organization_id, id),
  UNIQUE (organization_id, external_reference),
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id)
);

CREATE TABLE eyes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  patient_id uuid NOT NULL,
  laterality varchar(10) NOT NULL CHECK (laterality IN ('left', 'right')),
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (organization_id, id),
  UNIQUE (patient_id, laterality),
  FOREIGN KEY (organization_id, patient_id) REFERENCES patients (organization_id, id)
);

CREATE TABLE fundus_images (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  eye_id uuid NOT NULL,
  object_key text NOT NULL UNIQUE,
  media_type varchar(100) NOT NULL,
  bytes bigint NOT NULL CHECK (bytes > 0),
  declared_sha256 char(64),
  sha256 char(64),
  status varchar(20) NOT NULL DEFAULT 'requested'
    CHECK (status IN ('requested', 'uploaded', 'accepted', 'quarantined', 'duplicate')),
  reason_code varchar(50),
  reason text,
  duplicate_of uuid,
  camera varchar(100),
  dr_grade smallint CHECK (dr_grade BETWEEN 0 AND 4),
  diagnosis varchar(255),
  created_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  uploaded_at timestamptz,
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, eye_id) REFERENCES eyes (organization_id, id),
  FOREIGN KEY (organization_id, duplicate_of) REFERENCES fundus_images (organization_id, id),
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id)
);

-- A refraction repeated in every value is the same refraction: importers may run twice.
CREATE TABLE refractive_measurements (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  eye_id uuid NOT NULL,
  sphere double precision NOT NULL CHECK (sphere BETWEEN -40 AND 40),
  cylinder double precision NOT NULL DEFAULT 0 CHECK (cylinder BETWEEN -15 AND 15),
  axis double precision NOT NULL DEFAULT 0 CHECK (axis BETWEEN 0 AND 180),
  spherical_equivalent double precision NOT NULL GENERATED ALWAYS AS (sphere + cylinder / 2) STORED,
  axial_length double precision CHECK (axial_length BETWEEN 10 AND 45),
  intraocular_pressure double precision CHECK (intraocular_pressure BETWEEN 0 AND 100),
  diagnosis varchar(255),
  created_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE NULLS NOT DISTINCT
    (eye_id, sphere, cylinder, axis, axial_length, intraocular_pressure, diagnosis),
  FOREIGN KEY (organization_id, eye_id) REFERENCES eyes (organization_id, id),
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id)
);

CREATE TABLE sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  session_id varchar(255) NOT NULL,
  patient_name bytea,
  patient_id varchar(255),
  status varchar(50) NOT NULL DEFAULT 'created'
    CHECK (status IN ('created', 'uploading', 'uploaded', 'ingested', 'processing', 'completed',
                      'failed', 'cancelled')),
  stage varchar(50),
  percent smallint NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
  failure_reason text,
  model_url text,
  model_format varchar(10),
  created_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  metadata jsonb,
  UNIQUE (organization_id, id),
  UNIQUE (organization_id, session_id),
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id)
);

CREATE TABLE session_files (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  session_id uuid NOT NULL,
  kind varchar(10) NOT NULL CHECK (kind IN ('photo', 'poses')),
  name varchar(100) NOT NULL,
  object_key text NOT NULL UNIQUE,
  media_type varchar(100) NOT NULL,
  bytes bigint NOT NULL CHECK (bytes > 0),
  declared_sha256 char(64),
  sha256 char(64),
  status varchar(20) NOT NULL DEFAULT 'requested'
    CHECK (status IN ('requested', 'uploaded', 'accepted', 'quarantined', 'duplicate')),
  reason_code varchar(50),
  reason text,
  duplicate_of uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  uploaded_at timestamptz,
  UNIQUE (organization_id, id),
  UNIQUE (session_id, name),
  FOREIGN KEY (organization_id, session_id) REFERENCES sessions (organization_id, id),
  FOREIGN KEY (organization_id, duplicate_of) REFERENCES session_files (organization_id, id)
);

-- file_url holds the object key; the API signs it or puts the CDN's host before it.
CREATE TABLE models (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  session_id uuid NOT NULL,
  file_url text NOT NULL,
  file_size bigint NOT NULL,
  sha256 char(64) NOT NULL,
  format varchar(10) NOT NULL CHECK (format IN ('ply', 'spz', 'splat', 'glb')),
  version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  metadata jsonb,
  UNIQUE (session_id, version, format),
  FOREIGN KEY (organization_id, session_id) REFERENCES sessions (organization_id, id)
);

CREATE TABLE model_training_logs (
  id uuid PRIMARY KEY,
  architecture varchar(100) NOT NULL,
  metrics jsonb NOT NULL,
  dataset jsonb NOT NULL,
  artifact_key text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- The zero UUID as user: the platform itself, not a person.
CREATE TABLE audit_log (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  organization_id uuid,
  user_id uuid NOT NULL,
  operation varchar(100) NOT NULL,
  table_name varchar(100) NOT NULL,
  operation_status varchar(20) NOT NULL,
  details jsonb,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_sessions_session_id ON sessions (session_id);
CREATE INDEX idx_sessions_status ON sessions (status);
CREATE INDEX idx_sessions_created_at ON sessions (created_at);
CREATE INDEX idx_session_files_uploaded ON session_files (id) WHERE status = 'uploaded';
CREATE INDEX idx_fundus_images_created_at ON fundus_images (created_at);
CREATE INDEX idx_fundus_images_eye ON fundus_images (eye_id);
CREATE INDEX idx_fundus_images_uploaded ON fundus_images (id) WHERE status = 'uploaded';
CREATE INDEX idx_fundus_images_sha256
  ON fundus_images (organization_id, coalesce(sha256, declared_sha256));
CREATE INDEX idx_refractive_measurements_spherical_equivalent
  ON refractive_measurements (spherical_equivalent);
CREATE INDEX idx_patients_age_gender ON patients (age, gender);
CREATE INDEX idx_audit_log_user_operation ON audit_log (user_id, operation, created_at);

-- Row-level security: the API sees the organisation of its transaction and nothing else; the jobs
-- see every organisation, in the columns granted below.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['users', 'patients', 'eyes', 'fundus_images', 'refractive_measurements',
                           'sessions', 'session_files', 'models', 'audit_log']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY organization ON %I TO fovea_api
         USING (organization_id = nullif(current_setting(''fovea.organization'', true), '''')::uuid)
         WITH CHECK (organization_id = nullif(current_setting(''fovea.organization'', true), '''')::uuid)',
      t);
    EXECUTE format(
      'CREATE POLICY jobs ON %I TO fovea_jobs
         USING (pg_has_role(current_user, ''fovea_jobs'', ''member''))', t);
  END LOOP;
END
$$;

ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
CREATE POLICY organization ON organizations FOR SELECT TO fovea_api
  USING (id = nullif(current_setting('fovea.organization', true), '')::uuid);
ALTER TABLE model_training_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY signed_in ON model_training_logs FOR SELECT TO fovea_api
  USING (nullif(current_setting('fovea.organization', true), '') IS NOT NULL);
CREATE POLICY jobs ON model_training_logs TO fovea_jobs
  USING (pg_has_role(current_user, 'fovea_jobs', 'member'));

-- Sign-in happens before the organisation is known: exactly one row, by its email.
CREATE POLICY sign_in ON users FOR SELECT TO fovea_api
  USING (email = nullif(current_setting('fovea.sign_in', true), ''));

GRANT SELECT ON organizations, users TO fovea_api;
GRANT SELECT, INSERT ON patients, eyes, refractive_measurements, audit_log TO fovea_api;
GRANT SELECT, INSERT, UPDATE ON fundus_images, sessions, session_files TO fovea_api;
GRANT SELECT ON models, model_training_logs TO fovea_api;

-- Jobs never see who a patient is: no name, no reference of the clinic.
GRANT SELECT (id, organization_id, age, gender, ethnicity, created_at) ON patients TO fovea_jobs;
GRANT SELECT ON eyes, refractive_measurements, fundus_images, session_files TO fovea_jobs;
GRANT SELECT (id, organization_id, session_id, status, stage, percent, failure_reason, model_url,
  model_format, created_at, updated_at, completed_at) ON sessions TO fovea_jobs;
GRANT UPDATE (status, reason_code, reason, sha256, duplicate_of)
  ON fundus_images, session_files TO fovea_jobs;
GRANT UPDATE (status, stage, percent, failure_reason, model_url, model_format, updated_at,
  completed_at) ON sessions TO fovea_jobs;
GRANT SELECT, INSERT ON models TO fovea_jobs;
GRANT SELECT, INSERT, UPDATE ON model_training_logs TO fovea_jobs;
GRANT INSERT ON audit_log TO fovea_jobs;
