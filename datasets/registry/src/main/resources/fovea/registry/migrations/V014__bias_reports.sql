-- Which bias reports there are: the reports lie in the object store, the findings in the lake.
CREATE TABLE bias_reports (
  id uuid PRIMARY KEY,
  training_run varchar(100),
  images bigint NOT NULL CHECK (images >= 0),
  patients bigint NOT NULL CHECK (patients >= 0),
  finding text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_bias_reports_page ON bias_reports (created_at, id);

-- Reports belong to no organisation, and hold no group that is small enough to tell who it is.
ALTER TABLE bias_reports ENABLE ROW LEVEL SECURITY;
ALTER TABLE bias_reports FORCE ROW LEVEL SECURITY;
CREATE POLICY signed_in ON bias_reports FOR SELECT TO fovea_api
  USING (nullif(current_setting('fovea.organization', true), '') IS NOT NULL);
CREATE POLICY jobs ON bias_reports TO fovea_jobs
  USING (pg_has_role(current_user, 'fovea_jobs', 'member'));
GRANT SELECT ON bias_reports TO fovea_api;
GRANT SELECT, INSERT ON bias_reports TO fovea_jobs;
