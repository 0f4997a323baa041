-- Two roles, once, by a superuser of PostgreSQL. The site's own does not own a table, so
-- it cannot drop a trigger, empty a table at once, or change how anything is stored.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '@OWNER@') THEN
        CREATE ROLE @OWNER@ LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '@SITE@') THEN
        CREATE ROLE @SITE@ LOGIN;
    END IF;
END $$;
