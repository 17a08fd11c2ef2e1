-- What the session gate says of a photograph, for whoever took it.
ALTER TABLE session_files
  ADD COLUMN grade varchar(10) CHECK (grade IN ('good', 'usable', 'reject')),
  ADD COLUMN advice text;
GRANT UPDATE (grade, advice) ON session_files TO fovea_jobs;
