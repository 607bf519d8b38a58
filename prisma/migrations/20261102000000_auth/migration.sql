CREATE SCHEMA IF NOT EXISTS auth;

CREATE TABLE auth.users (
  id            uuid PRIMARY KEY,
  username      text NOT NULL UNIQUE,
  email         text NOT NULL UNIQUE,
  display_name  text NOT NULL,
  avatar_url    text,
  role          text NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'guest')),
  active        boolean NOT NULL DEFAULT true,
  -- bcrypt of the SHA-512 of the password; null until a reset link sets one.
  password_hash text,
  created_at    timestamptz(3) NOT NULL
);
CREATE INDEX users_by_name ON auth.users (lower(display_name), id);

-- A session is the family of refresh tokens of one sign-in.
CREATE TABLE auth.sessions (
  id           uuid PRIMARY KEY,
  user_id      uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  device       text NOT NULL,
  address      text NOT NULL,
  created_at   timestamptz(3) NOT NULL,
  last_used_at timestamptz(3) NOT NULL,
  expires_at   timestamptz(3) NOT NULL,
  revoked_at   timestamptz(3)
);
CREATE INDEX sessions_by_user ON auth.sessions (user_id) WHERE revoked_at IS NULL;

-- Only hashes. A token used again is forgiven while none of its children was used: a lost reply, or two tabs.
CREATE TABLE auth.refresh_tokens (
  hash       text PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES auth.sessions (id) ON DELETE CASCADE,
  parent     text,
  used_at    timestamptz(3),
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX refresh_tokens_by_session ON auth.refresh_tokens (session_id);
CREATE INDEX refresh_tokens_by_parent ON auth.refresh_tokens (parent);

CREATE TABLE auth.invites (
  code             text PRIMARY KEY,
  role             text NOT NULL,
  max_uses         integer,
  uses             integer NOT NULL DEFAULT 0,
  conversation_ids uuid[] NOT NULL,
  created_by       uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  created_at       timestamptz(3) NOT NULL,
  expires_at       timestamptz(3)
);

CREATE TABLE auth.password_resets (
  hash       text PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  expires_at timestamptz(3) NOT NULL
);

-- The private half is encrypted under the team's secret.
CREATE TABLE auth.signing_keys (
  kid         text PRIMARY KEY,
  public_jwk  jsonb NOT NULL,
  private_box text NOT NULL,
  created_at  timestamptz(3) NOT NULL
);

-- One row: whether the team exists, and until then the one-time token, encrypted.
CREATE TABLE auth.setup (
  id        boolean PRIMARY KEY DEFAULT true CHECK (id),
  token_box text,
  done_at   timestamptz(3)
);
