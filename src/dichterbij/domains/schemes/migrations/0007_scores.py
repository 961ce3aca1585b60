"""Scores of a tender, and the list of who takes part in a draw, which is public before its seed is known.

A draw follows a list that was published in an earlier transaction, after the moment at which its seed could be known;
in between nothing in its stretch is decided and no score changes.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models


SCORES = """
CREATE FUNCTION schemes_score_follows() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('dichterbij.role', true), '');
    complete timestamptz;
    newest bigint;
BEGIN
    PERFORM set_config('dichterbij.role', 'schemes_work', true);  -- it looks at what it may not show
    PERFORM FROM schemes_position WHERE round_id = NEW.round_id FOR SHARE;  -- no list is published meanwhile
    SELECT coalesce(c.complete_at, r.complete_at) INTO complete FROM schemes_receipt r
        LEFT JOIN schemes_completion c ON c.receipt_id = r.id
        WHERE r.id = NEW.receipt_id AND r.round_id = NEW.round_id;
    SELECT coalesce(max(s.number), 0) INTO newest FROM schemes_score s WHERE s.receipt_id = NEW.receipt_id;
    PERFORM set_config('dichterbij.role', before, true);
    IF complete IS NULL OR NEW.number <> newest + 1 THEN
        RAISE EXCEPTION 'Score % is not the next one of a complete application', NEW.number USING ERRCODE = 'SF014';
    END IF;
    IF EXISTS (SELECT FROM schemes_entrylist e WHERE e.round_id = NEW.round_id
               AND complete >= e.from_at AND complete < e.until_at) THEN
        RAISE EXCEPTION 'The list with this score is public' USING ERRCODE = 'SF015';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_score_follows BEFORE INSERT ON schemes_score
    FOR EACH ROW EXECUTE FUNCTION schemes_score_follows();
"""

# What a draw was asked before is asked of its list now; of the draw, that it follows its list.
LISTS = """
DROP FUNCTION schemes_draw_is_in_time CASCADE;
CREATE FUNCTION schemes_entrylist_is_in_time() RETURNS trigger LANGUAGE plpgsql
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
    IF EXISTS (SELECT FROM schemes_entrylist e WHERE e.round_id = NEW.round_id
               AND e.from_at < NEW.until_at AND NEW.from_at < e.until_at) THEN
        RAISE EXCEPTION 'There is a draw in this stretch already' USING ERRCODE = 'SF010';
    END IF;
    -- Whoever decides now read the order of before this list: nothing of it is written any more.
    UPDATE schemes_position SET fence = fence + 1 WHERE round_id = NEW.round_id;
    NEW.published_at := clock_timestamp();
    NEW.published_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_entrylist_is_in_time BEFORE INSERT ON schemes_entrylist
    FOR EACH ROW EXECUTE FUNCTION schemes_entrylist_is_in_time();
CREATE FUNCTION schemes_draw_is_in_time() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    listed schemes_entrylist;
BEGIN
    PERFORM FROM schemes_position WHERE round_id = NEW.round_id FOR UPDATE;
    SELECT * INTO listed FROM schemes_entrylist WHERE id = NEW.entries_id;
    IF (listed.round_id, listed.from_at, listed.until_at, listed.digest, listed.entrants)
        IS DISTINCT FROM (NEW.round_id, NEW.from_at, NEW.until_at, NEW.list_digest, NEW.lots)
        OR listed.published_in = pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION 'This draw is not of a list that was published before' USING ERRCODE = 'SF016';
    END IF;
    IF listed.seed_at > clock_timestamp() OR (listed.seed_at IS NULL) <> (NEW.seed = '') THEN
        RAISE EXCEPTION 'The seed is not the one that was announced for %', listed.seed_at USING ERRCODE = 'SF017';
    END IF;
    UPDATE schemes_position SET fence = fence + 1 WHERE round_id = NEW.round_id;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_draw_is_in_time BEFORE INSERT ON schemes_draw
    FOR EACH ROW EXECUTE FUNCTION schemes_draw_is_in_time();
CREATE FUNCTION schemes_lots_keep_scores() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('dichterbij.role', true), '');
    wrong bigint;
BEGIN
    PERFORM set_config('dichterbij.role', 'schemes_work', true);  -- it looks at what it may not show
    SELECT l.receipt_id INTO wrong FROM (
        SELECT a.*, lag(coalesce(a.score, -1)) OVER (PARTITION BY a.draw_id ORDER BY a.position) AS higher FROM added a
    ) l WHERE l.higher < coalesce(l.score, -1) OR l.score IS DISTINCT FROM
        (SELECT s.score FROM schemes_score s WHERE s.receipt_id = l.receipt_id ORDER BY s.number DESC LIMIT 1) LIMIT 1;
    PERFORM set_config('dichterbij.role', before, true);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'Receipt % has another score, or another place by it', wrong USING ERRCODE = 'SF018';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER schemes_lots_keep_scores AFTER INSERT ON schemes_lot REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_lots_keep_scores();
"""

STAYS = """
CREATE TRIGGER schemes_score_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON schemes_score
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
CREATE TRIGGER schemes_entrylist_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON schemes_entrylist
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
REVOKE UPDATE, DELETE ON schemes_score, schemes_entrylist FROM dichterbij_site;
ALTER TABLE schemes_score ENABLE ROW LEVEL SECURITY;
ALTER TABLE schemes_score FORCE ROW LEVEL SECURITY;
CREATE POLICY schemes_score_seen ON schemes_score USING (current_setting('dichterbij.role', true) = 'schemes_work');
"""

BEFORE = import_module("dichterbij.domains.schemes.migrations.0002_guards").DRAWS
BACKWARD = """
DROP POLICY schemes_score_seen ON schemes_score;
ALTER TABLE schemes_score NO FORCE ROW LEVEL SECURITY;
ALTER TABLE schemes_score DISABLE ROW LEVEL SECURITY;
DROP TRIGGER schemes_score_stays ON schemes_score;
DROP TRIGGER schemes_entrylist_stays ON schemes_entrylist;
DROP FUNCTION schemes_lots_keep_scores, schemes_draw_is_in_time, schemes_entrylist_is_in_time, schemes_score_follows
    CASCADE;
""" + BEFORE[: BEFORE.index("CREATE FUNCTION schemes_lots_belong")]


class Migration(migrations.Migration):
    dependencies = [("schemes", "0006_contact")]

    operations = [
        migrations.AddField(
            model_name="lot",
            name="score",
            field=models.IntegerField(null=True),
        ),
        migrations.CreateModel(
            name="EntryList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("digest", models.BinaryField()),
                ("entrants", models.IntegerField()),
                ("seed_from", models.TextField()),
                ("seed_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.TextField()),
                ("published_in", models.BigIntegerField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schemes.round"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="draw",
            name="entries",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schemes.entrylist"
            ),
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.SmallIntegerField()),
                ("score", models.IntegerField()),
                ("reasons", models.TextField()),
                ("given_at", models.DateTimeField()),
                ("given_by", models.TextField()),
                ("approved_by", models.TextField()),
                (
                    "receipt",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schemes.receipt",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schemes.round"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="entrylist",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_at__lt", models.F("until_at"))), name="schemes_entrylist_has_a_stretch"
            ),
        ),
        migrations.AddConstraint(
            model_name="entrylist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seed_at", None), ("seed_from", "")),
                    models.Q(
                        models.Q(("seed_from", ""), _negated=True),
                        ("seed_at__gt", models.F("published_at")),
                        ("seed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="schemes_entrylist_comes_before_its_seed",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(fields=("receipt", "number"), name="schemes_score_has_one_number"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__gte", 0), ("score__lte", 10000)), name="schemes_score_is_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("reasons", ""), _negated=True), name="schemes_score_has_reasons"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("given_by", models.F("approved_by")), _negated=True),
                name="schemes_score_is_seen_by_two",
            ),
        ),
        migrations.RunSQL(SCORES + LISTS + STAYS, BACKWARD),
    ]
