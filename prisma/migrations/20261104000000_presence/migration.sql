CREATE SCHEMA IF NOT EXISTS presence;

-- What people chose to show, and when they were last seen; who is online is kept by leases, not here.
CREATE TABLE presence.people (
  user_id uuid PRIMARY KEY,
  chosen text NOT NULL DEFAULT 'online',
  text text,
  until timestamptz,
  last_seen_at timestamptz
);
CREATE INDEX people_until ON presence.people (until) WHERE until IS NOT NULL;
