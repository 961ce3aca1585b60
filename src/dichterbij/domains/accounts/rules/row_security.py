"""Row-level security as SQL, for the migrations of tables that hold something of somebody.

The site runs as a role that owns nothing and cannot step over policies. Who acts is said to the database for one
transaction (`accounts.actions.acting`); where nobody is said, a protected table shows no rows and takes none.
"""

SITE = "dichterbij_site"  # the database role of the running site
REGION = "current_setting('dichterbij.region', true)"
ORGANISATION = "nullif(current_setting('dichterbij.organisation', true), '')::uuid"
USER = "nullif(current_setting('dichterbij.user', true), '')::uuid"
ROLE = "current_setting('dichterbij.role', true)"
ACCOUNT_WORK = "account_work"  # what the domain of accounts says for its own tables
# A role belongs to the whole server, not to one database: another one may have made it, at this very moment too.
# From PostgreSQL 16 on, who makes a role without being superuser may give it away but not take it: that is granted.
SITE_ROLE_THERE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'dichterbij_site') THEN
        CREATE ROLE dichterbij_site NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
DECLARE taking text := CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END;
BEGIN
    IF NOT pg_has_role(current_user, 'dichterbij_site', taking) THEN
        EXECUTE format('GRANT dichterbij_site TO %I', current_user);
    END IF;
END $$;
"""


def protected(table: str, seen_when: str, *, written_when: str | None = None) -> tuple[str, str]:
    """SQL to protect a table and to undo that: rows are seen (and, unless said otherwise, written) when this holds."""
    forward = f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY {table}_seen ON {table} USING ({seen_when}) WITH CHECK ({written_when or seen_when});
    """
    backward = f"""
        DROP POLICY {table}_seen ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """
    return forward, backward
