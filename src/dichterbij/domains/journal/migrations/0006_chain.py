"""Events hang together: each link's digest is over the digest before it and the event, so no change stays hidden.

The link is made when a transaction ends (a deferred trigger), under a lock held from then until the commit is done.
So places follow the order of the commits, whatever the order in which the events got their numbers, and nobody waits
while somebody else's action is still busy. The trigger reads the newest link with a fresh snapshot after it has the
lock; a transaction of REPEATABLE READ would not, gets the same place and is refused.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION journal_content(event journal_auditevent) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(event.id, (extract(epoch FROM event.at) * 1000000)::bigint, event.actor, event.action,
                             event.data, event.trace)::text
$$;
CREATE FUNCTION journal_add_link(event journal_auditevent) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    former journal_link;
BEGIN
    PERFORM pg_advisory_xact_lock(20260102);
    SELECT * INTO former FROM journal_link ORDER BY place DESC LIMIT 1;
    INSERT INTO journal_link (place, event, digest) VALUES (
        coalesce(former.place, 0) + 1, event.id,
        sha256(coalesce(former.digest, ''::bytea) || convert_to(journal_content(event), 'UTF8')));
END $$;
CREATE FUNCTION journal_link_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM journal_add_link(NEW);
    RETURN NULL;
END $$;
DO $$
DECLARE
    event journal_auditevent;
BEGIN
    FOR event IN SELECT * FROM journal_auditevent ORDER BY id LOOP
        PERFORM journal_add_link(event);
    END LOOP;
END $$;
CREATE CONSTRAINT TRIGGER journal_link_event AFTER INSERT ON journal_auditevent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_link_event();
CREATE FUNCTION journal_link_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A link of the journal is never changed or deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER journal_link_stays BEFORE UPDATE OR DELETE ON journal_link
    FOR EACH ROW EXECUTE FUNCTION journal_link_stays();
REVOKE ALL ON FUNCTION journal_add_link(journal_auditevent) FROM PUBLIC;
REVOKE INSERT, UPDATE, DELETE ON journal_link FROM dichterbij_site;
"""
BACKWARD = """
DROP TRIGGER journal_link_event ON journal_auditevent;
DROP TRIGGER journal_link_stays ON journal_link;
DROP FUNCTION journal_link_stays();
DROP FUNCTION journal_link_event();
DROP FUNCTION journal_add_link(journal_auditevent);
DROP FUNCTION journal_content(journal_auditevent);
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_link"), ("accounts", "0002_role_of_the_site")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
