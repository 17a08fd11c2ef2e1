-- Who works on a session and until when that may be believed; how often it was tried, and why the
-- last try ended; that a person wants it to end; how well the model draws its photographs so far.
ALTER TABLE sessions
  ADD COLUMN lease_holder uuid,
  ADD COLUMN lease_until timestamptz,
  ADD COLUMN tries smallint NOT NULL DEFAULT 0 CHECK (tries >= 0),
  ADD COLUMN last_fault text,
  ADD COLUMN cancel_requested_at timestamptz,
  ADD COLUMN psnr real,
  ADD CHECK ((lease_holder IS NULL) = (lease_until IS NULL));

CREATE INDEX idx_sessions_lease ON sessions (lease_until) WHERE status = 'processing';

-- Row-level security and the API's rights are the table's; the jobs' rights are by column.
GRANT SELECT (lease_holder, lease_until, tries, last_fault, cancel_requested_at, psnr)
  ON sessions TO fovea_jobs;
GRANT UPDATE (lease_holder, lease_until, tries, last_fault, psnr) ON sessions TO fovea_jobs;
