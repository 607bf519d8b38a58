-- Traces are read by person: an event of a large conversation has a delivery for each device of each member.
CREATE INDEX deliveries_of_user ON notifications.deliveries (user_id, event_id);
