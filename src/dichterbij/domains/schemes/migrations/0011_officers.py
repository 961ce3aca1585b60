"""Points that two officers give by themselves; lists in the order of a stored day; evidence struck out; checks asked.

Points follow each other for each person, at most two people have points on one application, and none change when the
list is public. A document is struck out once, by whoever put it there.
"""

import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

MARKS = """
CREATE FUNCTION schemes_mark_follows() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('dichterbij.role', true), '');
    complete timestamptz;
    newest bigint;
    others bigint;
BEGIN
    PERFORM set_config('dichterbij.role', 'schemes_work', true);  -- it looks at what it may not show
    PERFORM FROM schemes_position WHERE round_id = NEW.round_id FOR SHARE;  -- no list is published meanwhile
    PERFORM pg_advisory_xact_lock(hashint8extended(NEW.receipt_id, 20261123));  -- of three at once, two
    SELECT coalesce(c.complete_at, r.complete_at) INTO complete FROM schemes_receipt r
        LEFT JOIN schemes_completion c ON c.receipt_id = r.id
        WHERE r.id = NEW.receipt_id AND r.round_id = NEW.round_id;
    SELECT coalesce(max(m.number), 0) INTO newest FROM schemes_mark m
        WHERE m.receipt_id = NEW.receipt_id AND m.given_by = NEW.given_by;
    SELECT count(*) INTO others FROM (
        SELECT DISTINCT ON (m.given_by) m.score FROM schemes_mark m
        WHERE m.receipt_id = NEW.receipt_id AND m.given_by <> NEW.given_by ORDER BY m.given_by, m.number DESC
    ) held WHERE held.score IS NOT NULL;
    PERFORM set_config('dichterbij.role', before, true);
    IF complete IS NULL OR NEW.number <> newest + 1 THEN
        RAISE EXCEPTION 'Points % are not the next ones of a complete application', NEW.number USING ERRCODE = 'SF014';
    END IF;
    IF EXISTS (SELECT FROM schemes_entrylist e WHERE e.round_id = NEW.round_id
               AND complete >= e.from_at AND complete < e.until_at) THEN
        RAISE EXCEPTION 'The list with this score is public' USING ERRCODE = 'SF015';
    END IF;
    IF NEW.score IS NOT NULL AND others > 1 THEN
        RAISE EXCEPTION 'Two others gave points already' USING ERRCODE = 'SF019';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_mark_follows BEFORE INSERT ON schemes_mark
    FOR EACH ROW EXECUTE FUNCTION schemes_mark_follows();
CREATE TRIGGER schemes_mark_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON schemes_mark
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
REVOKE UPDATE, DELETE ON schemes_mark FROM dichterbij_site;
"""
STRUCK = """
DROP TRIGGER schemes_evidence_stays ON schemes_evidence;
CREATE TRIGGER schemes_evidence_stays BEFORE DELETE OR TRUNCATE ON schemes_evidence
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
CREATE FUNCTION schemes_evidence_is_struck_once() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.struck_at IS NOT NULL OR NEW.struck_at IS NULL
       OR to_jsonb(NEW) - 'struck_at' - 'struck_by' <> to_jsonb(OLD) - 'struck_at' - 'struck_by' THEN
        RAISE EXCEPTION 'Evidence is struck out once, and never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_evidence_is_struck_once BEFORE UPDATE ON schemes_evidence
    FOR EACH ROW EXECUTE FUNCTION schemes_evidence_is_struck_once();
GRANT UPDATE (struck_at, struck_by) ON schemes_evidence TO dichterbij_site;
"""
ASKED = """
CREATE FUNCTION schemes_checkasked_is_done_once() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.done_at IS NOT NULL THEN
        RAISE EXCEPTION 'What was looked at stays so' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_checkasked_is_done_once BEFORE UPDATE ON schemes_checkasked
    FOR EACH ROW EXECUTE FUNCTION schemes_checkasked_is_done_once();
CREATE TRIGGER schemes_checkasked_stays BEFORE DELETE OR TRUNCATE ON schemes_checkasked
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
REVOKE UPDATE, DELETE ON schemes_checkasked FROM dichterbij_site;
GRANT UPDATE (done_at, found) ON schemes_checkasked TO dichterbij_site;
"""
SEEN = "".join(
    f"""
ALTER TABLE schemes_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE schemes_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY schemes_{table}_seen ON schemes_{table} USING (current_setting('dichterbij.role', true) = 'schemes_work');
"""
    for table in ("mark", "checkasked")
)
FIRST = """
SELECT set_config('dichterbij.role', 'schemes_work', true);
UPDATE schemes_case c SET answer_first = o.first FROM (
    SELECT case_id, min(answer_by) AS first FROM schemes_objection
    WHERE stage IN ('lodged', 'incomplete', 'heard') GROUP BY case_id) o
WHERE o.case_id = c.id;
SELECT set_config('dichterbij.role', '', true);
"""
BACKWARD = """
DROP FUNCTION schemes_mark_follows, schemes_checkasked_is_done_once CASCADE;
DROP FUNCTION schemes_evidence_is_struck_once CASCADE;
DROP TRIGGER schemes_evidence_stays ON schemes_evidence;
CREATE TRIGGER schemes_evidence_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON schemes_evidence
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
REVOKE UPDATE (struck_at, struck_by) ON schemes_evidence FROM dichterbij_site;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("schemes", "0010_bringing"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.TextField(blank=True, default="")),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.TextField()),
                ("done_at", models.DateTimeField(null=True)),
                ("found", models.IntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_by", models.TextField()),
                ("number", models.SmallIntegerField()),
                ("score", models.IntegerField(null=True)),
                ("reasons", models.TextField(blank=True, default="")),
                ("given_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="caseevent",
            name="case_decision_is_seen_by_two",
        ),
        migrations.RemoveConstraint(
            model_name="caseevent",
            name="case_event_step_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="evidence",
            name="case_evidence_is_added_once",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_by_stage",
        ),
        migrations.AddField(
            model_name="case",
            name="answer_first",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="ends_first",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Least(
                    django.db.models.functions.comparison.Coalesce(
                        "term_ends", models.Value(datetime.date(9999, 12, 31))
                    ),
                    django.db.models.functions.comparison.Coalesce(
                        "answer_first", models.Value(datetime.date(9999, 12, 31))
                    ),
                ),
                output_field=models.DateField(),
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="struck_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="evidence",
            name="struck_by",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="score",
            name="score",
            field=models.IntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["ends_first", "received_on", "number"], name="case_in_order"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["stage", "ends_first", "received_on", "number"], name="case_of_stage_in_order"),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "received",
                            "completion_asked",
                            "completed",
                            "evidence_added",
                            "evidence_struck",
                            "account_changed",
                            "flagged",
                            "flag_answered",
                            "placement_ended",
                            "suspended",
                            "resumed",
                            "postponed",
                            "default_told",
                            "proposed",
                            "sent_back",
                            "granted",
                            "refused",
                            "not_considered",
                            "taken_back",
                            "advance_set",
                            "settled",
                            "payment_held",
                            "payment_released",
                            "payment_ordered",
                            "paid",
                            "payment_failed",
                            "payment_returned",
                            "lowered",
                            "withdrawn",
                            "recovery_claimed",
                            "repaid",
                            "penalty_set",
                            "closed",
                            "objection_lodged",
                            "objection_defect_told",
                            "objection_defect_mended",
                            "objection_lateness_excused",
                            "objection_invited",
                            "objection_heard",
                            "objection_hearing_waived",
                            "objection_adjourned",
                            "objection_upheld",
                            "objection_rejected",
                            "objection_inadmissible",
                            "objection_taken_back",
                        ],
                    )
                ),
                name="case_event_step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "step__in",
                            [
                                "advance_set",
                                "granted",
                                "lowered",
                                "not_considered",
                                "penalty_set",
                                "recovery_claimed",
                                "refused",
                                "settled",
                                "withdrawn",
                                "objection_inadmissible",
                                "objection_rejected",
                                "objection_upheld",
                            ],
                        ),
                        _negated=True,
                    ),
                    models.Q(
                        ("proposal__isnull", False),
                        models.Q(("assessed_by", ""), _negated=True),
                        models.Q(("assessed_by", models.F("actor")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_decision_is_seen_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("struck_at", None)), fields=("case", "digest"), name="case_evidence_is_added_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("struck_at", None), ("struck_by", "")),
                    models.Q(("struck_at__isnull", False), ("struck_by", models.F("added_by"))),
                    _connector="OR",
                ),
                name="case_evidence_is_struck_by_who_added_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("score", None),
                    models.Q(models.Q(("given_by", ""), _negated=True), models.Q(("approved_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="schemes_score_has_two_names",
            ),
        ),
        migrations.AddField(
            model_name="checkasked",
            name="round",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schemes.round"),
        ),
        migrations.AddField(
            model_name="mark",
            name="receipt",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schemes.receipt"
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="round",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schemes.round"),
        ),
        migrations.AddIndex(
            model_name="checkasked",
            index=models.Index(fields=["round", "-done_at"], name="schemes_checkasked_newest"),
        ),
        migrations.AddConstraint(
            model_name="checkasked",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_at", None)), fields=("round", "seed"), name="schemes_checkasked_waits_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkasked",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by", ""), _negated=True), name="schemes_checkasked_is_of_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkasked",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("found", None)),
                    models.Q(("done_at__isnull", False), ("found__isnull", False)),
                    _connector="OR",
                ),
                name="schemes_checkasked_says_what_it_found",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                fields=("receipt", "given_by", "number"), name="schemes_mark_has_one_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("score", None), models.Q(("score__gte", 0), ("score__lte", 10000)), _connector="OR"
                ),
                name="schemes_mark_is_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(("score", None), models.Q(("reasons", ""), _negated=True), _connector="OR"),
                name="schemes_mark_has_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(("given_by", ""), _negated=True), name="schemes_mark_is_of_somebody"
            ),
        ),
        migrations.RunSQL(MARKS + STRUCK + ASKED + SEEN + FIRST, BACKWARD),
    ]
