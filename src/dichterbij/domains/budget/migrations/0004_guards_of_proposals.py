"""Money that waits for a decision moves only as was decided, once, to whom, and no further; terms are only added to."""

from django.db import migrations

TABLES = ("budget_proposal", "budget_decision", "budget_term", "budget_continuity")
FORWARD = """
CREATE FUNCTION budget_line_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.moved_cents <> 0 OR EXISTS (SELECT 1 FROM budget_decision WHERE proposal = NEW.proposal) THEN
            RAISE EXCEPTION 'A proposal stays as it was decided on'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budget_line_before_decision';
        END IF;
    ELSIF pg_trigger_depth() < 2 OR (to_jsonb(NEW) - 'moved_cents') <> (to_jsonb(OLD) - 'moved_cents') THEN
        RAISE EXCEPTION 'A line of a proposal is moved by transfers only'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budget_line_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budget_line_kept BEFORE INSERT OR UPDATE ON budget_proposalline
    FOR EACH ROW EXECUTE FUNCTION budget_line_kept();
CREATE TRIGGER budget_wait BEFORE INSERT ON budget_proposalline EXECUTE FUNCTION budget_wait();
CREATE TRIGGER budget_wait BEFORE INSERT ON budget_decision EXECUTE FUNCTION budget_wait();
CREATE TRIGGER budget_stays BEFORE DELETE ON budget_proposalline FOR EACH ROW EXECUTE FUNCTION budget_stays();
CREATE TRIGGER budget_not_emptied BEFORE TRUNCATE ON budget_proposalline EXECUTE FUNCTION budget_not_emptied();
CREATE FUNCTION budget_decided_by_another() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM budget_proposal WHERE id = NEW.proposal AND made_by <> (NEW).by) THEN
        RAISE EXCEPTION 'A proposal is decided on by somebody else than who made it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_decided_by_another';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budget_decided_by_another BEFORE INSERT ON budget_decision
    FOR EACH ROW EXECUTE FUNCTION budget_decided_by_another();

CREATE FUNCTION budget_as_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    told budget_posting;
BEGIN
    SELECT * INTO told FROM budget_posting WHERE id = (SELECT posting FROM added LIMIT 1);
    IF told.proposal IS NULL THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM budget_decision WHERE proposal = told.proposal AND approved AND day <= told.day) THEN
        PERFORM budget_refuse('budget_proposal_approved', 'this proposal was not approved by then');
    END IF;
    IF EXISTS (
        SELECT 1 FROM added AS one JOIN budget_proposal AS asked ON asked.id = told.proposal
        WHERE one.source <> asked.source OR NOT EXISTS (
            SELECT 1 FROM budget_proposalline AS line WHERE line.proposal = asked.id AND line.target = one.target)
    ) THEN
        PERFORM budget_refuse('budget_as_proposed', 'the proposal says other accounts');
    END IF;
    UPDATE budget_proposalline AS line SET moved_cents = moved_cents + moved.cents
    FROM (SELECT target, sum(cents)::bigint AS cents FROM added GROUP BY target) AS moved
    WHERE line.proposal = told.proposal AND line.target = moved.target;
    RETURN NULL;
END $$;
CREATE TRIGGER budget_as_decided AFTER INSERT ON budget_transfer REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION budget_as_decided();
REVOKE UPDATE, DELETE, TRUNCATE ON budget_proposal, budget_proposalline, budget_decision, budget_term,
    budget_continuity FROM dichterbij_site;
"""
BACKWARD = """
DROP TRIGGER budget_as_decided ON budget_transfer;
DROP FUNCTION budget_as_decided();
DROP TRIGGER budget_decided_by_another ON budget_decision;
DROP FUNCTION budget_decided_by_another();
DROP TRIGGER budget_wait ON budget_decision;
DROP TRIGGER budget_wait ON budget_proposalline;
DROP TRIGGER budget_line_kept ON budget_proposalline;
DROP FUNCTION budget_line_kept();
DROP TRIGGER budget_stays ON budget_proposalline;
DROP TRIGGER budget_not_emptied ON budget_proposalline;
"""
STAYS = [
    (
        f"CREATE TRIGGER budget_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION budget_stays();"
        f"CREATE TRIGGER budget_not_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION budget_not_emptied();",
        f"DROP TRIGGER budget_stays ON {table}; DROP TRIGGER budget_not_emptied ON {table};",
    )
    for table in TABLES
]


class Migration(migrations.Migration):
    dependencies = [("budget", "0003_proposals_terms")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        *(migrations.RunSQL(forward, backward) for forward, backward in STAYS),
    ]
