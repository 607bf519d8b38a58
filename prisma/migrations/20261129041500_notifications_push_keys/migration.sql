-- The key pairs by which push services know this team (RFC 8292), encrypted under its secret. One is made at the first start and stays: browsers
-- subscribe for one public key. A pair that was made under another secret stays too, for the day that secret comes back.
CREATE TABLE notifications.push_keys (
  public_key  text PRIMARY KEY,
  private_box text NOT NULL,
  created_at  timestamptz(3) NOT NULL
);
