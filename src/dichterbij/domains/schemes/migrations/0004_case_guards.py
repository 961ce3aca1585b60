"""What the database itself guards about cases, whoever writes: docs/reference/procedure.md says why each is there.

A decision carries out a proposal of its own case, exactly, by somebody else than who made that; the answer to an
objection is by others than who took the decision it is about. Events, letters, evidence, payments and what the bank
said are only added to. A payment file changes once: it is released, or dropped.
"""

from django.db import migrations

DECISIONS = """
CREATE FUNCTION schemes_caseevent_is_seen_by_two() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    asked schemes_caseevent;
    decided schemes_caseevent;
BEGIN
    IF NEW.proposal_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO asked FROM schemes_caseevent WHERE id = NEW.proposal_id;
    IF asked IS NULL OR asked.case_id <> NEW.case_id OR asked.step <> 'proposed' OR asked.actor <> NEW.assessed_by
       OR asked.actor = NEW.actor OR asked.data->>'step' <> NEW.step OR asked.cents <> NEW.cents THEN
        RAISE EXCEPTION 'A decision carries out a proposal of somebody else, as it was made'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_decision_carries_out_its_proposal';
    END IF;
    IF NEW.step LIKE 'objection\\_%' THEN
        SELECT e.* INTO decided FROM schemes_objection o JOIN schemes_caseevent e ON e.id = o.against_id
        WHERE o.id = NEW.objection AND o.case_id = NEW.case_id;
        IF decided IS NULL OR NEW.actor IN (decided.actor, decided.assessed_by)
           OR asked.actor IN (decided.actor, decided.assessed_by) THEN
            RAISE EXCEPTION 'An objection is answered by others than who decided'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'case_answer_is_by_others';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_caseevent_is_seen_by_two BEFORE INSERT ON schemes_caseevent
    FOR EACH ROW EXECUTE FUNCTION schemes_caseevent_is_seen_by_two();
"""

ONLY_ADDED = ("caseevent", "evidence", "caseletter", "payment", "bankfile", "paymentresult")
STAYS = "".join(
    f"""
CREATE TRIGGER schemes_{table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON schemes_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
REVOKE UPDATE, DELETE ON schemes_{table} FROM dichterbij_site;
"""
    for table in ONLY_ADDED
)
NEVER_GONE = ("case", "objection", "paymentfile", "officertask")
STAYS += "".join(
    f"""
CREATE TRIGGER schemes_{table}_stays BEFORE DELETE OR TRUNCATE ON schemes_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
REVOKE DELETE ON schemes_{table} FROM dichterbij_site;
"""
    for table in NEVER_GONE
)
FILES = """
CREATE FUNCTION schemes_paymentfile_changes_once() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.released_at IS NOT NULL OR OLD.dropped_at IS NOT NULL THEN
        RAISE EXCEPTION 'A payment file is released or dropped once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_paymentfile_changes_once BEFORE UPDATE ON schemes_paymentfile
    FOR EACH ROW EXECUTE FUNCTION schemes_paymentfile_changes_once();
REVOKE UPDATE ON schemes_paymentfile FROM dichterbij_site;
GRANT UPDATE (released_by, released_at, dropped_by, dropped_at) ON schemes_paymentfile TO dichterbij_site;
REVOKE UPDATE ON schemes_officertask FROM dichterbij_site;
GRANT UPDATE (done_at, done_by) ON schemes_officertask TO dichterbij_site;
"""
SEEN = (*ONLY_ADDED, *NEVER_GONE)
POLICIES = "".join(
    f"""
ALTER TABLE schemes_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE schemes_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY schemes_{table}_seen ON schemes_{table} USING (current_setting('dichterbij.role', true) = 'schemes_work');
"""
    for table in SEEN
)
BACKWARD = "".join(
    f"""
DROP POLICY schemes_{table}_seen ON schemes_{table};
ALTER TABLE schemes_{table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE schemes_{table} DISABLE ROW LEVEL SECURITY;
DROP TRIGGER schemes_{table}_stays ON schemes_{table};
"""
    for table in SEEN
) + """
DROP FUNCTION schemes_caseevent_is_seen_by_two, schemes_paymentfile_changes_once CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("schemes", "0003_cases")]
    operations = [migrations.RunSQL(DECISIONS + STAYS + FILES + POLICIES, BACKWARD)]
