-- When its person was notified that it has not confirmed itself for long; null again once it does.
ALTER TABLE notifications.subscriptions ADD COLUMN stale_noted_at timestamptz(3);
CREATE INDEX subscriptions_confirmed ON notifications.subscriptions (confirmed_at) WHERE stale_noted_at IS NULL;
