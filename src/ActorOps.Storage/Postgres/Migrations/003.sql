alter table outbox add column held_until timestamptz;
