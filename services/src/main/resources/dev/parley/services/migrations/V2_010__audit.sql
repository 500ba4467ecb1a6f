-- The newest lines of the whole installation, also of resources that are gone.
create index audit_log_by_time on audit_log (at_ms, id);
