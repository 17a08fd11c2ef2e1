-- Every step of a session, for whoever watches it. Readers go by (written_by, id): what was written
-- by transactions older than the oldest that still runs is complete, so that nobody who goes on
-- after an event misses one that was numbered earlier and committed later.
CREATE TABLE session_events (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  written_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
  organization_id uuid NOT NULL,
  session_id uuid NOT NULL,
  status varchar(50) NOT NULL,
  stage varchar(50),
  percent smallint NOT NULL,
  failure_reason text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (organization_id, session_id)
    REFERENCES sessions (organization_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_session_events_order ON session_events (organization_id, written_by, id);
CREATE INDEX idx_session_events_session ON session_events (session_id, written_by, id);
CREATE INDEX idx_session_events_created_at ON session_events (created_at);

-- Runs as the tables' owner: nobody else writes events. The notification goes out at the commit, and
-- once for several steps of one session in one transaction.
CREATE FUNCTION note_session_event() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO session_events
    (organization_id, session_id, status, stage, percent, failure_reason)
  VALUES (NEW.organization_id, NEW.id, NEW.status, NEW.stage, NEW.percent, NEW.failure_reason);
  PERFORM pg_notify('fovea_sessions', NEW.organization_id || ' ' || NEW.id);
  RETURN NULL;
END
$$;

REVOKE EXECUTE ON FUNCTION note_session_event() FROM PUBLIC;

CREATE TRIGGER made AFTER INSERT ON sessions
  FOR EACH ROW EXECUTE FUNCTION note_session_event();
CREATE TRIGGER moved AFTER UPDATE ON sessions FOR EACH ROW
  WHEN ((OLD.status, OLD.stage, OLD.percent, OLD.failure_reason)
    IS DISTINCT FROM (NEW.status, NEW.stage, NEW.percent, NEW.failure_reason))
  EXECUTE FUNCTION note_session_event();

ALTER TABLE session_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE session_events FORCE ROW LEVEL SECURITY;
CREATE POLICY organization ON session_events FOR SELECT TO fovea_api
  USING (organization_id = nullif(current_setting('fovea.organization', true), '')::uuid);

DO $$
BEGIN
  EXECUTE format(
    'CREATE POLICY owner ON session_events TO %I USING (pg_has_role(current_user, %L, ''member''))',
    current_user, current_user);
END
$$;

GRANT SELECT ON session_events TO fovea_api;
