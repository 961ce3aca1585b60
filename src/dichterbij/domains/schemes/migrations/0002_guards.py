"""What the database itself guards, whoever writes: docs/reference/deciding.md says why each is there.

A receipt gets its moment under a shared lock; raising the barrier takes that lock alone, for an instant. So when the
barrier is raised every receipt with an earlier moment is committed, and every later one gets a later moment, even
when the clock is set back. A batch is written by whoever has the newest fence, after the newest batch, or not at all.
Decisions come in the transaction of their batch, and move the counters, whose caps are constraints.
"""

from django.db import migrations

# Locks of this domain: (20260611, round) for the moments of receipts, (20260612, round) for the one that decides.
MOMENTS = """
CREATE FUNCTION schemes_moment(of_round bigint) RETURNS timestamptz LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    barrier timestamptz;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'A receipt needs READ COMMITTED: its moment is read after the lock'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    PERFORM pg_advisory_xact_lock_shared(20260611, of_round::int);
    SELECT barrier_at INTO STRICT barrier FROM schemes_position WHERE round_id = of_round;
    RETURN greatest(clock_timestamp(), barrier + interval '1 microsecond');
END $$;
CREATE FUNCTION schemes_micros(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce((extract(epoch FROM moment) * 1000000)::bigint::text, '')
$$;
CREATE FUNCTION schemes_proof(round_digest bytea, receipt bigint, key uuid, applicant text, facts text,
                              received_at timestamptz, complete_at timestamptz) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(concat_ws('|', encode(round_digest, 'hex'), receipt, key,
        encode(sha256(convert_to(applicant, 'UTF8')), 'hex'), encode(sha256(convert_to(facts, 'UTF8')), 'hex'),
        schemes_micros(received_at), schemes_micros(complete_at)), 'UTF8'))
$$;
CREATE FUNCTION schemes_receipt_arrives() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    opened bytea;
BEGIN
    PERFORM NEW.facts::jsonb;
    SELECT digest INTO STRICT opened FROM schemes_round WHERE id = NEW.round_id;
    NEW.received_at := schemes_moment(NEW.round_id);
    IF NEW.complete_at IS NOT NULL THEN
        NEW.complete_at := NEW.received_at;
    END IF;
    NEW.ticket := sha256(opened || uuid_send(NEW.key));
    NEW.proof := schemes_proof(opened, NEW.id, NEW.key, NEW.applicant, NEW.facts, NEW.received_at, NEW.complete_at);
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_receipt_arrives BEFORE INSERT ON schemes_receipt
    FOR EACH ROW EXECUTE FUNCTION schemes_receipt_arrives();
CREATE FUNCTION schemes_completion_arrives() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    of schemes_receipt;
    opened bytea;
BEGIN
    PERFORM NEW.facts::jsonb;
    SELECT * INTO STRICT of FROM schemes_receipt WHERE id = NEW.receipt_id;
    IF of.complete_at IS NOT NULL THEN
        RAISE EXCEPTION 'This application was complete when it came' USING ERRCODE = 'check_violation';
    END IF;
    SELECT digest INTO STRICT opened FROM schemes_round WHERE id = of.round_id;
    NEW.round_id := of.round_id;
    NEW.complete_at := schemes_moment(of.round_id);
    NEW.ticket := of.ticket;
    NEW.proof := schemes_proof(opened, of.id, of.key, of.applicant, NEW.facts, of.received_at, NEW.complete_at);
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_completion_arrives BEFORE INSERT ON schemes_completion
    FOR EACH ROW EXECUTE FUNCTION schemes_completion_arrives();
"""

POSITION = """
CREATE FUNCTION schemes_round_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO schemes_position (round_id, fence, batches, places, cursor_key, freed, digest)
        VALUES (NEW.id, 0, 0, 0, '', false, NEW.digest);
    RETURN NULL;
END $$;
CREATE TRIGGER schemes_round_begins AFTER INSERT ON schemes_round
    FOR EACH ROW EXECUTE FUNCTION schemes_round_begins();
CREATE FUNCTION schemes_position_moves() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.barrier_at IS DISTINCT FROM OLD.barrier_at THEN
        -- Waits until every receipt that has its moment is committed or gone.
        PERFORM pg_advisory_xact_lock(20260611, NEW.round_id::int);
        NEW.barrier_at := greatest(clock_timestamp(), OLD.barrier_at);
    END IF;
    IF NEW.fence < OLD.fence OR NEW.batches < OLD.batches OR NEW.places < OLD.places THEN
        RAISE EXCEPTION 'The decider of a round only goes on, never back' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_position_moves BEFORE UPDATE ON schemes_position
    FOR EACH ROW EXECUTE FUNCTION schemes_position_moves();
"""

BATCHES = """
CREATE FUNCTION schemes_batch_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    here schemes_position;
BEGIN
    SELECT * INTO STRICT here FROM schemes_position WHERE round_id = NEW.round_id FOR UPDATE;
    IF NEW.fence <> here.fence THEN
        RAISE EXCEPTION 'Fenced off: % came after %', here.fence, NEW.fence USING ERRCODE = 'SF001';
    END IF;
    IF NEW.number <> here.batches + 1 OR NEW.first_place <> here.places + 1 OR NEW.last_place < here.places THEN
        RAISE EXCEPTION 'Batch % does not follow batch %', NEW.number, here.batches USING ERRCODE = 'SF002';
    END IF;
    IF NEW.kind = 'decided' AND (NEW.barrier_at IS NULL OR NEW.barrier_at > here.barrier_at) THEN
        RAISE EXCEPTION 'Receipts may still come before %', NEW.barrier_at USING ERRCODE = 'SF003';
    END IF;
    NEW.written_in := pg_current_xact_id()::text::bigint;
    UPDATE schemes_position SET batches = NEW.number, places = NEW.last_place, digest = NEW.digest,
        cursor_at = coalesce(NEW.cursor_at, here.cursor_at),
        cursor_key = CASE WHEN NEW.cursor_at IS NULL THEN here.cursor_key ELSE NEW.cursor_key END,
        freed = NEW.frees OR (here.freed AND NEW.kind <> 'moved_up')
        WHERE round_id = NEW.round_id;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_batch_follows BEFORE INSERT ON schemes_batch
    FOR EACH ROW EXECUTE FUNCTION schemes_batch_follows();
CREATE FUNCTION schemes_batch_is_whole() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    there bigint;
    granted bigint;
    beyond bigint;
    moved bigint;
    moved_beyond bigint;
    astray bigint;
    ours text;
BEGIN
    SELECT count(*), coalesce(sum(d.cents - d.beyond_cents - coalesce(e.cents - e.beyond_cents, 0)), 0),
           coalesce(sum(d.beyond_cents - coalesce(e.beyond_cents, 0)), 0)
        INTO there, granted, beyond FROM schemes_decision d
        LEFT JOIN schemes_decision e ON e.round_id = d.round_id AND e.place = d.earlier
        WHERE d.round_id = NEW.round_id AND d.place BETWEEN NEW.first_place AND NEW.last_place;
    IF there <> NEW.last_place - NEW.first_place + 1 THEN
        RAISE EXCEPTION 'Batch % has % decisions', NEW.number, there USING ERRCODE = 'SF004';
    END IF;
    -- Of this round alone: its own account, and beside it what is held back for objections (the last word of a name).
    SELECT substr(account, length('reserved:')) INTO STRICT ours FROM schemes_round WHERE id = NEW.round_id;
    SELECT coalesce(sum(cents) FILTER (WHERE t = 'committed' || ours), 0)
           - coalesce(sum(cents) FILTER (WHERE s = 'committed' || ours), 0),
           coalesce(sum(cents) FILTER (WHERE t = 'committed' || held), 0)
           - coalesce(sum(cents) FILTER (WHERE s = 'committed' || held), 0),
           count(*) FILTER (WHERE ((s, t) IN (('reserved' || ours, 'committed' || ours),
               ('committed' || ours, 'reserved' || ours), ('reserved' || held, 'committed' || held),
               ('committed' || held, 'reserved' || held))) IS NOT TRUE)
        INTO moved, moved_beyond, astray
        FROM (SELECT m.cents, giver.name AS s, taker.name AS t, regexp_replace(ours, ':[^:]*$', ':objections') held
              FROM budget_link l JOIN budget_transfer m ON m.number BETWEEN l.first AND l.last
              JOIN budget_account giver ON giver.id = m.source JOIN budget_account taker ON taker.id = m.target
              WHERE l.posting = NEW.posting) found;
    IF granted <> moved OR beyond <> moved_beyond OR astray > 0 THEN
        RAISE EXCEPTION 'Batch % grants % and %, the ledger moved % and %, % astray', NEW.number, granted, beyond,
            moved, moved_beyond, astray USING ERRCODE = 'SF011';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER schemes_batch_is_whole AFTER INSERT ON schemes_batch
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION schemes_batch_is_whole();
"""

# One look over all rows of a statement, in place of foreign keys looked up for each row.
DECISIONS = """
CREATE FUNCTION schemes_decisions_belong() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    wrong bigint;
BEGIN
    SELECT d.place INTO wrong FROM added d LEFT JOIN schemes_batch b ON b.id = d.batch_id
        WHERE b.id IS NULL OR b.round_id <> d.round_id OR b.written_in <> pg_current_xact_id()::text::bigint
           OR d.place NOT BETWEEN b.first_place AND b.last_place LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision % does not come with its batch', wrong USING ERRCODE = 'SF005';
    END IF;
    SELECT d.place INTO wrong FROM added d
        LEFT JOIN schemes_receipt r ON r.id = d.receipt_id AND r.round_id = d.round_id WHERE r.id IS NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision % is on no receipt of this round', wrong USING ERRCODE = 'SF006';
    END IF;
    SELECT d.place INTO wrong FROM (SELECT * FROM added WHERE earlier IS NOT NULL OR turn <> place) d
        LEFT JOIN schemes_decision e ON e.round_id = d.round_id AND e.place = d.earlier AND e.place < d.place
            AND e.receipt_id = d.receipt_id AND e.turn = d.turn
            AND (e."window", e.category, e.person_key, e.employer_key, e.group_key)
              = (d."window", d.category, d.person_key, d.employer_key, d.group_key)
        WHERE d.earlier IS NOT NULL AND e.place IS NULL OR d.earlier IS NULL AND d.turn <> d.place LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision % does not follow the earlier one on its receipt', wrong USING ERRCODE = 'SF007';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER schemes_decisions_belong AFTER INSERT ON schemes_decision REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_decisions_belong();
CREATE FUNCTION schemes_decisions_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    WITH moved AS (
        SELECT d.round_id, k.kind, k.key, k.at, sum(d.times) AS times, sum(d.units) AS units, sum(d.cents) AS cents
        FROM (SELECT n.round_id, n."window", n.person_key, n.employer_key, n.group_key,
                     (n.cents > 0)::int - coalesce((e.cents > 0)::int, 0) AS times,
                     n.units - coalesce(e.units, 0) AS units, n.cents - coalesce(e.cents, 0) AS cents
              FROM (SELECT * FROM added WHERE cents > 0 OR earlier IS NOT NULL) n
              LEFT JOIN schemes_decision e ON e.round_id = n.round_id AND e.place = n.earlier
              WHERE n.cents > 0 OR e.cents > 0) d
        JOIN schemes_round r ON r.id = d.round_id
        CROSS JOIN LATERAL (VALUES
            ('round', 0, 0), ('person', d.person_key, 0), ('employer', d.employer_key, 0), ('group', d.group_key, 0),
            ('person_in_window', d.person_key, d."window"), ('employer_in_window', d.employer_key, d."window"),
            ('group_in_window', d.group_key, d."window")) k (kind, key, at)
        WHERE k.key >= 0 AND (k.kind = 'round' OR r.caps ? k.kind) GROUP BY 1, 2, 3, 4
    ), counted AS (
        UPDATE schemes_counter c SET times = c.times + m.times, units = c.units + m.units, cents = c.cents + m.cents
        FROM moved m WHERE c.round_id = m.round_id AND c.kind = m.kind AND c.key = m.key AND c."window" = m.at
        RETURNING c.round_id, c.kind, c.key, c."window"
    )
    INSERT INTO schemes_counter (round_id, kind, "window", key, times, units, cents,
                                 most_times, most_units, most_cents)
        SELECT m.round_id, m.kind, m.at, m.key, m.times, m.units, m.cents, (r.caps -> m.kind ->> 'times')::int,
               (r.caps -> m.kind ->> 'units')::bigint,
               CASE WHEN m.kind = 'round' THEN r.ceiling_cents + r.objections_cents
                    ELSE (r.caps -> m.kind ->> 'cents')::bigint END
        FROM moved m JOIN schemes_round r ON r.id = m.round_id
        WHERE NOT EXISTS (SELECT FROM counted c WHERE c.round_id = m.round_id AND c.kind = m.kind AND c.key = m.key
                          AND c."window" = m.at);
    RETURN NULL;
END $$;
CREATE TRIGGER schemes_decisions_count AFTER INSERT ON schemes_decision REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_decisions_count();
"""

DRAWS = """
CREATE FUNCTION schemes_draw_is_in_time() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    here schemes_position;
BEGIN
    SELECT * INTO STRICT here FROM schemes_position WHERE round_id = NEW.round_id FOR UPDATE;
    IF here.barrier_at IS NULL OR NEW.until_at > here.barrier_at THEN
        RAISE EXCEPTION 'Receipts may still come in this stretch' USING ERRCODE = 'SF008';
    END IF;
    IF here.cursor_at >= NEW.from_at THEN
        RAISE EXCEPTION 'This stretch is decided already' USING ERRCODE = 'SF009';
    END IF;
    IF EXISTS (SELECT FROM schemes_draw d WHERE d.round_id = NEW.round_id
               AND d.from_at < NEW.until_at AND NEW.from_at < d.until_at) THEN
        RAISE EXCEPTION 'There is a draw in this stretch already' USING ERRCODE = 'SF010';
    END IF;
    -- Whoever decides now read the order of before this draw: nothing of it is written any more.
    UPDATE schemes_position SET fence = fence + 1 WHERE round_id = NEW.round_id;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_draw_is_in_time BEFORE INSERT ON schemes_draw
    FOR EACH ROW EXECUTE FUNCTION schemes_draw_is_in_time();
CREATE FUNCTION schemes_lots_belong() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('dichterbij.role', true), '');
    wrong bigint;
BEGIN
    PERFORM set_config('dichterbij.role', 'schemes_work', true);  -- it counts what it may not show
    SELECT l.receipt_id INTO wrong FROM added l JOIN schemes_draw d ON d.id = l.draw_id
        LEFT JOIN schemes_receipt r ON r.id = l.receipt_id AND r.round_id = d.round_id
        LEFT JOIN schemes_completion c ON c.receipt_id = r.id
        WHERE (l.position BETWEEN 1 AND d.lots AND coalesce(c.complete_at, r.complete_at) >= d.from_at
               AND coalesce(c.complete_at, r.complete_at) < d.until_at) IS NOT TRUE LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Receipt % has no lot in this draw', wrong USING ERRCODE = 'SF012';
    END IF;
    PERFORM set_config('dichterbij.role', before, true);
    RETURN NULL;
END $$;
CREATE TRIGGER schemes_lots_belong AFTER INSERT ON schemes_lot REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_lots_belong();
CREATE FUNCTION schemes_draw_is_whole() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('dichterbij.role', true), '');
    there bigint;
    complete bigint;
BEGIN
    PERFORM set_config('dichterbij.role', 'schemes_work', true);  -- it counts what it may not show
    SELECT count(*) INTO there FROM schemes_lot l WHERE l.draw_id = NEW.id;
    SELECT count(*) INTO complete FROM (
        SELECT FROM schemes_receipt r
        WHERE r.round_id = NEW.round_id AND r.complete_at >= NEW.from_at AND r.complete_at < NEW.until_at
        UNION ALL SELECT FROM schemes_completion c
        WHERE c.round_id = NEW.round_id AND c.complete_at >= NEW.from_at AND c.complete_at < NEW.until_at) found;
    IF there <> NEW.lots OR there <> complete THEN
        RAISE EXCEPTION 'A draw of % has % lots for % applications', NEW.lots, there, complete USING ERRCODE = 'SF013';
    END IF;
    PERFORM set_config('dichterbij.role', before, true);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER schemes_draw_is_whole AFTER INSERT ON schemes_draw
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION schemes_draw_is_whole();
"""

ONLY_ADDED = ("round", "receipt", "completion", "draw", "lot", "batch", "decision")
STAYS = (
    """
CREATE FUNCTION schemes_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is only added to, never changed or emptied', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""
    + "".join(
        f"""
CREATE TRIGGER schemes_{table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON schemes_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
REVOKE UPDATE, DELETE ON schemes_{table} FROM dichterbij_site;
"""
        for table in ONLY_ADDED
    )
    + """
CREATE TRIGGER schemes_position_stays BEFORE DELETE OR TRUNCATE ON schemes_position
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
CREATE TRIGGER schemes_counter_stays BEFORE DELETE OR TRUNCATE ON schemes_counter
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
REVOKE INSERT, UPDATE, DELETE ON schemes_position, schemes_counter FROM dichterbij_site;
GRANT UPDATE (fence, barrier_at) ON schemes_position TO dichterbij_site;
"""
)

# Whoever applies, and for whom, is seen by the work of schemes alone.
SEEN = ("receipt", "completion", "lot", "decision", "counter")
POLICIES = "".join(
    f"""
ALTER TABLE schemes_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE schemes_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY schemes_{table}_seen ON schemes_{table} USING (current_setting('dichterbij.role', true) = 'schemes_work');
"""
    for table in SEEN
)

TABLES = (
    "schemes_decision",
    "schemes_batch",
    "schemes_lot",
    "schemes_draw",
    "schemes_completion",
    "schemes_receipt",
    "schemes_position",
    "schemes_counter",
    "schemes_round",
)
BACKWARD = (
    "".join(
        f"""
DROP POLICY schemes_{table}_seen ON schemes_{table};
ALTER TABLE schemes_{table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE schemes_{table} DISABLE ROW LEVEL SECURITY;
"""
        for table in SEEN
    )
    + """
DROP FUNCTION schemes_stays, schemes_draw_is_whole, schemes_lots_belong, schemes_draw_is_in_time, schemes_decisions_count, schemes_decisions_belong,
    schemes_batch_is_whole, schemes_batch_follows, schemes_position_moves, schemes_round_begins,
    schemes_completion_arrives, schemes_receipt_arrives, schemes_proof, schemes_micros, schemes_moment CASCADE;
"""
)


class Migration(migrations.Migration):
    dependencies = [("schemes", "0001_initial"), ("accounts", "0002_role_of_the_site"), ("budget", "0001_initial")]
    operations = [migrations.RunSQL(MOMENTS + POSITION + BATCHES + DECISIONS + DRAWS + STAYS + POLICIES, BACKWARD)]
