-- What one person has opened or brought others into within a window, whatever store keeps the conversations: nodes share it, and a restart
-- forgets nothing.
CREATE TABLE chat.budgets (
  user_id uuid NOT NULL,
  kind    text NOT NULL CHECK (kind IN ('open', 'bringIn')),
  spent   integer NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  PRIMARY KEY (user_id, kind)
);
