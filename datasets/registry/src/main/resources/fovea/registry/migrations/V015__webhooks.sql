-- Whom an organisation wants told when a session ends: a URL (https:) or a mailbox (mailto:).
-- secret: AES-256-GCM under ENCRYPTION_KEY, as patients' names are.
CREATE TABLE webhooks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  url varchar(2000) NOT NULL,
  secret bytea NOT NULL,
  events text[] NOT NULL CHECK (cardinality(events) > 0
    AND events <@ ARRAY['session.completed', 'session.failed', 'session.cancelled']),
  created_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id)
);

-- The queue: what is waiting survives every process. dead: given up after the last try.
CREATE TABLE webhook_deliveries (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  event varchar(50) NOT NULL,
  session_id uuid NOT NULL,
  failure_reason text,
  happened_at timestamptz NOT NULL,
  state varchar(10) NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
  tries smallint NOT NULL DEFAULT 0,
  next_try_at timestamptz NOT NULL DEFAULT now(),
  outcome varchar(200),
  FOREIGN KEY (organization_id, webhook_id)
    REFERENCES webhooks (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, session_id)
    REFERENCES sessions (organization_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_webhook_deliveries_due ON webhook_deliveries (next_try_at)
  WHERE state = 'waiting';
CREATE INDEX idx_webhook_deliveries_webhook ON webhook_deliveries (webhook_id, happened_at);

CREATE FUNCTION queue_webhooks() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO webhook_deliveries
    (organization_id, webhook_id, event, session_id, failure_reason, happened_at)
  SELECT w.organization_id, w.id, 'session.' || NEW.status, NEW.id, NEW.failure_reason, now()
  FROM webhooks w
  WHERE w.organization_id = NEW.organization_id AND 'session.' || NEW.status = ANY (w.events);
  RETURN NULL;
END
$$;

CREATE TRIGGER ended AFTER UPDATE OF status ON sessions FOR EACH ROW
  WHEN (NEW.status IN ('completed', 'failed', 'cancelled') AND OLD.status <> NEW.status)
  EXECUTE FUNCTION queue_webhooks();

-- Which are due, of every organisation: ids only. Who claims one has a minute for it; a process that
-- dies leaves it to the next.
CREATE FUNCTION claim_webhook_deliveries(most integer)
  RETURNS TABLE (id uuid, organization_id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE webhook_deliveries d SET tries = d.tries + 1, next_try_at = now() + interval '1 minute'
  WHERE d.id IN (
    SELECT w.id FROM webhook_deliveries w
    WHERE w.state = 'waiting' AND w.next_try_at <= now() AND w.tries < 1000
    ORDER BY w.next_try_at LIMIT most FOR UPDATE SKIP LOCKED)
  RETURNING d.id, d.organization_id
$$;

REVOKE EXECUTE ON FUNCTION queue_webhooks(), claim_webhook_deliveries(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_webhook_deliveries(integer) TO fovea_api;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['webhooks', 'webhook_deliveries']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY organization ON %I TO fovea_api
         USING (organization_id = nullif(current_setting(''fovea.organization'', true), '''')::uuid)
         WITH CHECK (organization_id = nullif(current_setting(''fovea.organization'', true), '''')::uuid)',
      t);
    EXECUTE format(
      'CREATE POLICY owner ON %I TO %I USING (pg_has_role(current_user, %L, ''member''))',
      t, current_user, current_user);
  END LOOP;
END
$$;

GRANT SELECT, INSERT, DELETE ON webhooks TO fovea_api;
GRANT SELECT, UPDATE (state, next_try_at, outcome) ON webhook_deliveries TO fovea_api;
