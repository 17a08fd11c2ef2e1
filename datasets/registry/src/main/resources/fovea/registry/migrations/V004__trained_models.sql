-- Where a trained network stands, who moved it there and why, and what its gates said.
ALTER TABLE model_training_logs
  ADD COLUMN state varchar(20) NOT NULL DEFAULT 'candidate'
    CHECK (state IN ('candidate', 'gated', 'published', 'retired'));

CREATE TABLE model_steps (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  training_run uuid NOT NULL REFERENCES model_training_logs (id),
  from_state varchar(20) CHECK (from_state IN ('candidate', 'gated', 'published', 'retired')),
  to_state varchar(20) NOT NULL CHECK (to_state IN ('candidate', 'gated', 'published', 'retired')),
  made_by varchar(255) NOT NULL CHECK (made_by <> ''),
  reason text NOT NULL CHECK (reason <> ''),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- audit: the run of bias_findings it looked at; null where there was none.
CREATE TABLE model_gates (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  training_run uuid NOT NULL REFERENCES model_training_logs (id),
  passed boolean NOT NULL,
  artifact_sha256 char(64) NOT NULL,
  audit uuid,
  made_by varchar(255) NOT NULL CHECK (made_by <> ''),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- What is no finite number has no value (Postgres takes NaN for the greatest of all), and no value
-- does not pass: whatever a program says, a verdict follows from its numbers.
CREATE TABLE model_gate_checks (
  gate_id bigint NOT NULL REFERENCES model_gates (id),
  place smallint NOT NULL,
  name varchar(200) NOT NULL,
  value double precision CHECK (value NOT IN ('NaN', 'Infinity', '-Infinity')),
  bound varchar(10) NOT NULL CHECK (bound IN ('at least', 'at most')),
  bound_at double precision NOT NULL,
  passed boolean NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (gate_id, place),
  CHECK (passed = (value IS NOT NULL
    AND CASE bound WHEN 'at least' THEN value >= bound_at ELSE value <= bound_at END))
);

INSERT INTO model_steps (training_run, to_state, made_by, reason, made_at)
SELECT id, 'candidate', 'train', 'trained', created_at FROM model_training_logs ORDER BY created_at;

CREATE INDEX idx_model_steps_run ON model_steps (training_run, id);
CREATE INDEX idx_model_gates_run ON model_gates (training_run, id);

-- Networks belong to no organisation: whoever is signed in may read what was decided of them.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['model_steps', 'model_gates', 'model_gate_checks']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY signed_in ON %I FOR SELECT TO fovea_api
         USING (nullif(current_setting(''fovea.organization'', true), '''') IS NOT NULL)', t);
    EXECUTE format(
      'CREATE POLICY jobs ON %I TO fovea_jobs
         USING (pg_has_role(current_user, ''fovea_jobs'', ''member''))', t);
  END LOOP;
END
$$;

-- What was decided stays: no UPDATE, no DELETE.
GRANT SELECT ON model_steps, model_gates, model_gate_checks TO fovea_api;
GRANT SELECT, INSERT ON model_steps, model_gates, model_gate_checks TO fovea_jobs;
