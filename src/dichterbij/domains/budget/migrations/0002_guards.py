"""The ledger's promises, kept by the database on every path.

A posting is written, and then its transfers, all in one statement. Before that statement a lock is taken, held until
the commit: numbers follow the order of the commits, and what is read about accounts cannot change any more. After it
everything is checked at once, balances are moved (their bound is a CHECK), terms are settled, and one link is added to
the chain. Nothing is ever changed or deleted; a table with rows is not emptied. Every function that reads a table names
where it looks, so that a temporary table of the same name is not read in its place.
"""

from django.db import migrations

STAYS = """
CREATE FUNCTION budget_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is only added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION budget_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    holds boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO holds;
    IF holds THEN
        RAISE EXCEPTION 'The ledger is only added to' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER budget_stays BEFORE UPDATE OR DELETE ON budget_posting FOR EACH ROW EXECUTE FUNCTION budget_stays();
CREATE TRIGGER budget_stays BEFORE UPDATE OR DELETE ON budget_transfer FOR EACH ROW EXECUTE FUNCTION budget_stays();
CREATE TRIGGER budget_stays BEFORE UPDATE OR DELETE ON budget_link FOR EACH ROW EXECUTE FUNCTION budget_stays();
CREATE TRIGGER budget_stays BEFORE DELETE ON budget_account FOR EACH ROW EXECUTE FUNCTION budget_stays();
CREATE TRIGGER budget_stays BEFORE DELETE ON budget_reservation FOR EACH ROW EXECUTE FUNCTION budget_stays();
CREATE TRIGGER budget_not_emptied BEFORE TRUNCATE ON budget_posting EXECUTE FUNCTION budget_not_emptied();
CREATE TRIGGER budget_not_emptied BEFORE TRUNCATE ON budget_transfer EXECUTE FUNCTION budget_not_emptied();
CREATE TRIGGER budget_not_emptied BEFORE TRUNCATE ON budget_link EXECUTE FUNCTION budget_not_emptied();
CREATE TRIGGER budget_not_emptied BEFORE TRUNCATE ON budget_account EXECUTE FUNCTION budget_not_emptied();
CREATE TRIGGER budget_not_emptied BEFORE TRUNCATE ON budget_reservation EXECUTE FUNCTION budget_not_emptied();
"""
# Depth 1 is a statement of somebody; deeper is the ledger's own trigger.
ACCOUNTS = """
ALTER TABLE budget_account ADD CONSTRAINT budget_name_says_it CHECK (name = state || ':' || fund || ':' || tranche
    || ':' || region || ':' || scheme || ':' || route || ':' || purpose || ':' || activity);
ALTER TABLE budget_account ADD CONSTRAINT budget_words_plain CHECK (
    fund || tranche || region || scheme || route || purpose || activity ~ '^[A-Za-z0-9_.-]*$');
ALTER TABLE budget_account SET (fillfactor = 50);
CREATE FUNCTION budget_account_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance_cents <> 0 OR NEW.held_cents <> 0 THEN
            RAISE EXCEPTION 'An account begins with nothing'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budget_account_begins_empty';
        END IF;
    ELSIF (NEW.balance_cents, NEW.held_cents) IS DISTINCT FROM (OLD.balance_cents, OLD.held_cents)
        AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'A balance changes by transfers only'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budget_balance_by_transfers';
    ELSIF (to_jsonb(NEW) - '{balance_cents,held_cents,needs}'::text[])
        <> (to_jsonb(OLD) - '{balance_cents,held_cents,needs}'::text[])
        OR NEW.needs <> OLD.needs AND OLD.needs <> '' THEN
        RAISE EXCEPTION 'An account stays what it is'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budget_account_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budget_account_kept BEFORE INSERT OR UPDATE ON budget_account
    FOR EACH ROW EXECUTE FUNCTION budget_account_kept();
CREATE FUNCTION budget_by_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'Terms and links are made by transfers only'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budget_by_transfers';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budget_by_transfers BEFORE INSERT OR UPDATE ON budget_reservation
    FOR EACH ROW EXECUTE FUNCTION budget_by_transfers();
CREATE TRIGGER budget_by_transfers BEFORE INSERT ON budget_link
    FOR EACH ROW EXECUTE FUNCTION budget_by_transfers();
"""
POSTINGS = """
CREATE FUNCTION budget_posting_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.recorded_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER budget_posting_told BEFORE INSERT ON budget_posting
    FOR EACH ROW EXECUTE FUNCTION budget_posting_told();
CREATE FUNCTION budget_posting_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM budget_link WHERE posting = NEW.id) THEN
        RAISE EXCEPTION 'A posting without transfers'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budget_posting_moves';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER budget_posting_moves AFTER INSERT ON budget_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budget_posting_moves();
"""
# What is wrong with a transfer, as the name of the promise it breaks; NULL when nothing is. What was held with a term
# goes back to where it came from without asking anybody: `budget_terms` says that it goes nowhere else. Money of a
# region stays of it until it is free; an earmark without a region may be used in each, and asks for two there as well.
FAULT = """
CREATE FUNCTION budget_fault(one budget_transfer, giver budget_account, taker budget_account)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN giver.id IS NULL OR taker.id IS NULL THEN 'budget_account_known'
        WHEN one.corrects IS NOT NULL THEN NULL
        WHEN NOT (giver.state || '>' || taker.state) = ANY ('{
            outside>free, free>free, free>earmarked, free>reserved, free>committed, free>returned, earmarked>free,
            earmarked>reserved, earmarked>committed, reserved>free, reserved>earmarked, reserved>committed,
            committed>free, committed>earmarked, committed>reserved, committed>paid, paid>recovered, recovered>free,
            recovered>earmarked, recovered>reserved, recovered>returned}'::text[]) THEN 'budget_move_known'
        WHEN giver.state NOT IN ('outside', 'free') AND (giver.fund <> taker.fund
            OR giver.tranche <> taker.tranche OR giver.purpose <> taker.purpose) THEN 'budget_same_purpose'
        WHEN giver.state NOT IN ('outside', 'free') AND (giver.state = 'earmarked' OR taker.state <> 'free')
            AND giver.region NOT IN ('', taker.region) AND (one.settles IS NULL OR taker.state <> 'earmarked')
            THEN 'budget_same_region'
    END
$$;
CREATE FUNCTION budget_asks(one budget_transfer, giver budget_account, taker budget_account, told budget_posting)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN one.settles IS NOT NULL AND taker.state IN ('free', 'earmarked') THEN NULL
        WHEN told.approved_by = '' AND (giver.needs = 'four_eyes'
            OR one.corrects IS NOT NULL AND taker.needs = 'four_eyes') THEN 'budget_four_eyes'
        WHEN told.approved_by = '' AND (one.corrects IS NULL OR giver.state = 'earmarked') AND taker.state = 'free'
            AND giver.state NOT IN ('outside', 'free') AND EXISTS (
                SELECT 1 FROM budget_account AS marked
                WHERE marked.fund = giver.fund AND marked.tranche = giver.tranche AND marked.state = 'earmarked'
                  AND marked.region IN ('', giver.region) AND marked.purpose = giver.purpose
            ) THEN 'budget_earmark_four_eyes'
        WHEN giver.needs = 'proposal' AND one.corrects IS NULL AND told.proposal IS NULL THEN 'budget_proposal'
    END
$$;
"""
CHAIN = """
CREATE FUNCTION budget_micros(moment timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT (extract(epoch FROM moment) * 1000000)::bigint
$$;
CREATE FUNCTION budget_head(told budget_posting) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(told.id, told.day, budget_micros(told.at), budget_micros(told.recorded_at), told.actor,
        told.approved_by, told.proposal, told.reason, encode(told.content, 'hex'))::text
$$;
CREATE FUNCTION budget_line(one budget_transfer, source text, target text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(one.number, one.id, source, target, one.cents, one.reference, budget_micros(one.until),
        one.settles, one.corrects)::text
$$;
"""
# The rows of the statement stand in `added`: they are looked through together, not one by one.
BOOK = """
CREATE FUNCTION budget_wait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(20260601);
    RETURN NULL;
END $$;
CREATE TRIGGER budget_wait BEFORE INSERT ON budget_transfer EXECUTE FUNCTION budget_wait();

CREATE FUNCTION budget_refuse(promise text, told text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger refuses this: %', told USING ERRCODE = 'check_violation', CONSTRAINT = promise;
END $$;

CREATE FUNCTION budget_book() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    former budget_link;
    told budget_posting;
    lowest bigint;
    highest bigint;
    postings uuid[];
    fault text;
    lines text;
BEGIN
    SELECT min(number), max(number), array_agg(DISTINCT posting) INTO lowest, highest, postings FROM added;
    IF lowest IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO told FROM budget_posting WHERE id = postings[1];
    IF told.id IS NULL OR cardinality(postings) > 1 THEN
        PERFORM budget_refuse('budget_one_posting', 'the transfers of one posting are written in one statement');
    END IF;
    SELECT * INTO former FROM budget_link ORDER BY place DESC LIMIT 1;
    IF lowest <= coalesce(former.last, 0) THEN
        PERFORM budget_refuse('budget_numbers_rise', 'a number that was given before');
    END IF;
    SELECT found.fault INTO fault
    FROM added AS given JOIN budget_transfer AS one ON one.number = given.number
    LEFT JOIN budget_account AS giver ON giver.id = one.source
    LEFT JOIN budget_account AS taker ON taker.id = one.target
    CROSS JOIN LATERAL (
        SELECT coalesce(budget_fault(one, giver, taker), budget_asks(one, giver, taker, told)) AS fault OFFSET 0
    ) AS found
    WHERE found.fault IS NOT NULL ORDER BY one.number LIMIT 1;
    IF fault IS NOT NULL THEN
        PERFORM budget_refuse(fault, fault);
    END IF;
    IF EXISTS (SELECT 1 FROM added WHERE coalesce(until, 'epoch') <> 'epoch' OR settles IS NOT NULL) THEN
        PERFORM budget_terms(postings[1], lowest, highest);
    END IF;
    IF EXISTS (SELECT 1 FROM added WHERE corrects IS NOT NULL) THEN
        PERFORM budget_corrections(lowest, highest);
    END IF;
    UPDATE budget_account AS account SET balance_cents = balance_cents + moved.cents, held_cents = held_cents + moved.held
    FROM (
        SELECT side.account, sum(side.cents)::bigint AS cents, sum(side.held)::bigint AS held FROM (
            SELECT target AS account, cents, CASE WHEN until IS NULL THEN 0 ELSE cents END AS held FROM added
            UNION ALL
            SELECT source, -cents, CASE WHEN settles IS NULL THEN 0 ELSE -cents END FROM added
        ) AS side GROUP BY side.account ORDER BY side.account
    ) AS moved
    WHERE account.id = moved.account;
    SELECT string_agg(budget_line(one, giver.name, taker.name), E'\\n' ORDER BY one.number) INTO lines
    FROM added AS given JOIN budget_transfer AS one ON one.number = given.number
    JOIN budget_account AS giver ON giver.id = one.source JOIN budget_account AS taker ON taker.id = one.target;
    INSERT INTO budget_link (place, posting, first, last, digest) VALUES (
        coalesce(former.place, 0) + 1, told.id, lowest, highest,
        sha256(coalesce(former.digest, ''::bytea) || convert_to(budget_head(told) || E'\\n' || lines, 'UTF8')));
    RETURN NULL;
END $$;
CREATE TRIGGER budget_book AFTER INSERT ON budget_transfer REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION budget_book();
"""
TERMS = """
CREATE FUNCTION budget_terms(posting_id uuid, lowest bigint, highest bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    told budget_posting;
BEGIN
    SELECT * INTO told FROM budget_posting WHERE id = posting_id;
    IF EXISTS (
        SELECT 1 FROM budget_transfer AS one JOIN budget_account AS target ON target.id = one.target
        WHERE one.number BETWEEN lowest AND highest AND one.until IS NOT NULL
          AND (target.state <> 'reserved' OR one.until <= told.at)
    ) THEN
        PERFORM budget_refuse('budget_term_ahead', 'a term is of reserved money, and lies ahead');
    END IF;
    IF EXISTS (
        SELECT 1 FROM budget_transfer AS one JOIN budget_account AS target ON target.id = one.target
        LEFT JOIN budget_reservation AS held ON held.id = one.settles
        WHERE one.number BETWEEN lowest AND highest AND one.settles IS NOT NULL AND (
            held.id IS NULL OR held.account <> one.source
            OR one.target <> held.came_from AND (target.state <> 'committed' OR told.at > held.until))
    ) THEN
        PERFORM budget_refuse('budget_term_settled', 'what is settled must be held, and goes on in time or goes back');
    END IF;
    INSERT INTO budget_reservation (id, account, came_from, until, cents, left_cents)
    SELECT one.id, one.target, one.source, one.until, one.cents, one.cents FROM budget_transfer AS one
    WHERE one.number BETWEEN lowest AND highest AND one.until IS NOT NULL;
    UPDATE budget_reservation AS held SET left_cents = left_cents - settled.cents
    FROM (
        SELECT one.settles, sum(one.cents)::bigint AS cents FROM budget_transfer AS one
        WHERE one.number BETWEEN lowest AND highest AND one.settles IS NOT NULL GROUP BY one.settles
    ) AS settled
    WHERE held.id = settled.settles;
END $$;
CREATE FUNCTION budget_corrections(lowest bigint, highest bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM budget_transfer AS one LEFT JOIN budget_transfer AS wrong ON wrong.id = one.corrects
        WHERE one.number BETWEEN lowest AND highest AND one.corrects IS NOT NULL AND (
            wrong.id IS NULL OR wrong.number >= lowest OR wrong.source <> one.target OR wrong.target <> one.source
            OR wrong.corrects IS NOT NULL OR wrong.until IS NOT NULL OR wrong.settles IS NOT NULL
            OR wrong.cents < (SELECT sum(cents) FROM budget_transfer WHERE corrects = wrong.id))
    ) THEN
        PERFORM budget_refuse('budget_correction', 'a correction goes back the way its transfer came, and no further');
    END IF;
END $$;
"""
RIGHTS = """
REVOKE UPDATE, DELETE, TRUNCATE ON budget_posting, budget_transfer, budget_account FROM dichterbij_site;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON budget_link, budget_reservation FROM dichterbij_site;
GRANT UPDATE (needs) ON budget_account TO dichterbij_site;
"""
BACKWARD = """
DROP TRIGGER budget_book ON budget_transfer;
DROP TRIGGER budget_wait ON budget_transfer;
DROP FUNCTION budget_book();
DROP FUNCTION budget_wait();
DROP FUNCTION budget_terms(uuid, bigint, bigint);
DROP FUNCTION budget_corrections(bigint, bigint);
DROP FUNCTION budget_refuse(text, text);
DROP FUNCTION budget_line(budget_transfer, text, text);
DROP FUNCTION budget_head(budget_posting);
DROP FUNCTION budget_micros(timestamptz);
DROP FUNCTION budget_asks(budget_transfer, budget_account, budget_account, budget_posting);
DROP FUNCTION budget_fault(budget_transfer, budget_account, budget_account);
DROP TRIGGER budget_posting_moves ON budget_posting;
DROP TRIGGER budget_posting_told ON budget_posting;
DROP FUNCTION budget_posting_moves();
DROP FUNCTION budget_posting_told();
DROP TRIGGER budget_by_transfers ON budget_link;
DROP TRIGGER budget_by_transfers ON budget_reservation;
DROP FUNCTION budget_by_transfers();
DROP TRIGGER budget_account_kept ON budget_account;
DROP FUNCTION budget_account_kept();
ALTER TABLE budget_account DROP CONSTRAINT budget_name_says_it, DROP CONSTRAINT budget_words_plain;
DROP TRIGGER budget_stays ON budget_posting;
DROP TRIGGER budget_stays ON budget_transfer;
DROP TRIGGER budget_stays ON budget_link;
DROP TRIGGER budget_stays ON budget_account;
DROP TRIGGER budget_stays ON budget_reservation;
DROP TRIGGER budget_not_emptied ON budget_posting;
DROP TRIGGER budget_not_emptied ON budget_transfer;
DROP TRIGGER budget_not_emptied ON budget_link;
DROP TRIGGER budget_not_emptied ON budget_account;
DROP TRIGGER budget_not_emptied ON budget_reservation;
DROP FUNCTION budget_stays();
DROP FUNCTION budget_not_emptied();
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0001_initial"), ("accounts", "0002_role_of_the_site")]
    operations = [migrations.RunSQL([STAYS, ACCOUNTS, POSTINGS, FAULT, CHAIN, TERMS, BOOK, RIGHTS], [BACKWARD])]
