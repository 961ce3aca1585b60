"""A proposal that was sent back, replaced, or says not what it is for, is not carried out; numbers come from the database.

Whoever writes by hand, with the rights of the site, gives no receipt its number and no decider a fence far ahead: either
would stop everybody else for good.
"""

from django.db import migrations

PROPOSALS = """
CREATE OR REPLACE FUNCTION schemes_caseevent_is_seen_by_two() RETURNS trigger LANGUAGE plpgsql
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
       OR asked.actor = NEW.actor OR asked.data->>'step' IS DISTINCT FROM NEW.step OR asked.cents IS DISTINCT FROM NEW.cents
       OR EXISTS (SELECT FROM schemes_caseevent AS newer WHERE newer.case_id = NEW.case_id
                  AND newer.number > asked.number AND newer.step IN ('proposed', 'sent_back')) THEN
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
"""
BEFORE = """
CREATE OR REPLACE FUNCTION schemes_caseevent_is_seen_by_two() RETURNS trigger LANGUAGE plpgsql
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
"""
NUMBERS = """
REVOKE INSERT ON schemes_receipt FROM dichterbij_site;
GRANT INSERT (round_id, key, applicant, facts, received_at, complete_at, ticket, proof) ON schemes_receipt
    TO dichterbij_site;
CREATE FUNCTION schemes_fence_is_next() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.fence > OLD.fence + 1 THEN
        RAISE EXCEPTION 'The next decider has the next fence' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_fence_is_next BEFORE UPDATE ON schemes_position
    FOR EACH ROW EXECUTE FUNCTION schemes_fence_is_next();
"""
NUMBERS_BEFORE = """
DROP FUNCTION schemes_fence_is_next CASCADE;
REVOKE INSERT (round_id, key, applicant, facts, received_at, complete_at, ticket, proof) ON schemes_receipt
    FROM dichterbij_site;
GRANT INSERT ON schemes_receipt TO dichterbij_site;
"""


class Migration(migrations.Migration):
    dependencies = [("schemes", "0008_checking")]
    operations = [migrations.RunSQL(PROPOSALS, BEFORE), migrations.RunSQL(NUMBERS, NUMBERS_BEFORE)]
