-- The head is the newest entry's position; only what was trimmed must be remembered beside it, so that
-- no position is given twice. A row that every append changed is one statement less now.
alter table journal_head rename to journal_trimmed;
