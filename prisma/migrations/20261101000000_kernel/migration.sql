CREATE SCHEMA IF NOT EXISTS kernel;

-- Facts on their way; a row goes once every subscriber took them or keeps them for a retry.
CREATE TABLE kernel.outbox (
  id uuid PRIMARY KEY,
  -- null: body is the facts themselves; else the name of the expander that makes them from body.
  source text,
  body jsonb NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  -- Until then the node that wrote or claimed it delivers it.
  claimed_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE kernel.deliveries (
  id uuid PRIMARY KEY,
  fact_id uuid NOT NULL,
  event text NOT NULL,
  payload jsonb NOT NULL,
  subscriber text NOT NULL,
  attempts integer NOT NULL,
  error text NOT NULL,
  -- null: a dead letter.
  due_at timestamptz,
  first_failed_at timestamptz NOT NULL DEFAULT now(),
  last_failed_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (fact_id, subscriber)
);
CREATE INDEX deliveries_due ON kernel.deliveries (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_dead ON kernel.deliveries (id DESC) WHERE due_at IS NULL;

CREATE TABLE kernel.settings (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  value jsonb NOT NULL
);

CREATE TABLE kernel.audit (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  actor_id uuid,
  door text NOT NULL,
  address text NOT NULL,
  operation text NOT NULL,
  subject text,
  input jsonb NOT NULL,
  outcome text,
  request_id text NOT NULL
);
CREATE INDEX audit_by_actor ON kernel.audit (actor_id, id DESC);
CREATE INDEX audit_by_operation ON kernel.audit (operation, id DESC);
