-- What patients allowed, a row a decision. Nothing is overwritten: who trained on what is judged by
-- what was known then. Erasing a patient erases the decisions too.
CREATE TABLE consent_decisions (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  organization_id uuid NOT NULL REFERENCES organizations (id),
  patient_id uuid NOT NULL,
  purpose varchar(20) NOT NULL CHECK (purpose IN ('research', 'training')),
  decision varchar(20) NOT NULL CHECK (decision IN ('given', 'withdrawn')),
  decided_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  CHECK (decided_at <= recorded_at),
  FOREIGN KEY (organization_id, patient_id)
    REFERENCES patients (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, recorded_by) REFERENCES users (organization_id, id)
);

CREATE INDEX idx_consent_decisions_patient
  ON consent_decisions (patient_id, purpose, decided_at DESC, id DESC);

-- Where every patient stands: given, withdrawn or unrecorded, as its reader may see. Research is
-- the wider word: who withdraws it withdraws training with it.
CREATE VIEW consents WITH (security_invoker = true) AS
SELECT p.id AS patient_id,
       p.organization_id,
       coalesce(r.decision, 'unrecorded') AS research,
       CASE WHEN 'withdrawn' IN (r.decision, t.decision) THEN 'withdrawn'
            ELSE coalesce(t.decision, 'unrecorded') END AS training
FROM patients p
LEFT JOIN LATERAL (
  SELECT d.decision FROM consent_decisions d
  WHERE d.patient_id = p.id AND d.purpose = 'research'
  ORDER BY d.decided_at DESC, d.id DESC LIMIT 1) r ON true
LEFT JOIN LATERAL (
  SELECT d.decision FROM consent_decisions d
  WHERE d.patient_id = p.id AND d.purpose = 'training'
  ORDER BY d.decided_at DESC, d.id DESC LIMIT 1) t ON true;

ALTER TABLE consent_decisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_decisions FORCE ROW LEVEL SECURITY;
CREATE POLICY organization ON consent_decisions TO fovea_api
  USING (organization_id = nullif(current_setting('fovea.organization', true), '')::uuid)
  WITH CHECK (organization_id = nullif(current_setting('fovea.organization', true), '')::uuid);
CREATE POLICY jobs ON consent_decisions FOR SELECT TO fovea_jobs
  USING (pg_has_role(current_user, 'fovea_jobs', 'member'));

-- Decisions stay: no UPDATE, no DELETE. Jobs see what was decided, not who wrote it down.
GRANT SELECT, INSERT ON consent_decisions TO fovea_api;
GRANT SELECT (id, organization_id, patient_id, purpose, decision, decided_at)
  ON consent_decisions TO fovea_jobs;
GRANT SELECT ON consents TO fovea_api, fovea_jobs;
