-- What the site's role may do, after every migration, by the owner of the tables.
-- Migrations add tables, so this is said of all of them, and then of the exceptions.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO @SITE@;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM @SITE@;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO @SITE@;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO @SITE@;

-- The public record, the approvals and the internal log grow, and nothing else.
REVOKE UPDATE, DELETE ON news_publication, news_approval, news_transition FROM @SITE@;
-- A draft that is discarded takes its revisions along; triggers keep all others.
REVOKE UPDATE ON news_revision, news_imported FROM @SITE@;
-- The owner alone says which migrations there were.
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM @SITE@;

-- Erasing runs with the owner's rights, for whoever may call it.
REVOKE EXECUTE ON FUNCTION news_erase(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION news_erase(bigint) TO @SITE@;
