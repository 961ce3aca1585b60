"""What officers write down to check with, and documents to read: only struck out, or gone when a case is long over."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("undertakingtie", "aidtold", "document")
STRUCK = "".join(
    f"""
CREATE TRIGGER schemes_{table}_stays BEFORE DELETE OR TRUNCATE ON schemes_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_stays();
CREATE TRIGGER schemes_{table}_is_struck_once BEFORE UPDATE ON schemes_{table}
    FOR EACH ROW EXECUTE FUNCTION schemes_struck_once();
REVOKE UPDATE, DELETE ON schemes_{table} FROM dichterbij_site;
GRANT UPDATE (struck_at, struck_by) ON schemes_{table} TO dichterbij_site;
"""
    for table in ("undertakingtie", "aidtold")
)
FORWARD = (
    """
CREATE FUNCTION schemes_struck_once() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.struck_at IS NOT NULL THEN
        RAISE EXCEPTION 'What was struck out stays so' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
REVOKE UPDATE ON schemes_document FROM dichterbij_site;
"""
    + STRUCK
    + "".join(
        f"""
ALTER TABLE schemes_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE schemes_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY schemes_{table}_seen ON schemes_{table} USING (current_setting('dichterbij.role', true) = 'schemes_work');
"""
        for table in TABLES
    )
)
BACKWARD = (
    "".join(
        f"""
DROP POLICY schemes_{table}_seen ON schemes_{table};
ALTER TABLE schemes_{table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE schemes_{table} DISABLE ROW LEVEL SECURITY;
"""
        for table in TABLES
    )
    + "DROP FUNCTION schemes_struck_once CASCADE;"
)


class Migration(migrations.Migration):
    dependencies = [
        ("schemes", "0007_scores"),
    ]

    operations = [
        migrations.CreateModel(
            name="AidTold",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("entity", models.TextField()),
                ("cents", models.BigIntegerField()),
                ("on", models.DateField()),
                ("source", models.TextField()),
                ("told_at", models.DateTimeField()),
                ("told_by", models.TextField()),
                ("struck_at", models.DateTimeField(null=True)),
                ("struck_by", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="schemes.evidence",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="UndertakingTie",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("one", models.TextField()),
                ("other", models.TextField()),
                ("kind", models.TextField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("source", models.TextField()),
                ("told_at", models.DateTimeField()),
                ("told_by", models.TextField()),
                ("struck_at", models.DateTimeField(null=True)),
                ("struck_by", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="caseevent",
            name="case_event_step_is_known",
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
        migrations.AddIndex(
            model_name="aidtold",
            index=models.Index(fields=["entity", "on"], name="schemes_aid_of_whom"),
        ),
        migrations.AddConstraint(
            model_name="aidtold",
            constraint=models.CheckConstraint(
                condition=models.Q(("entity", ""), _negated=True), name="schemes_aid_is_of_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="aidtold",
            constraint=models.CheckConstraint(condition=models.Q(("cents__gte", 0)), name="schemes_aid_is_not_minus"),
        ),
        migrations.AddConstraint(
            model_name="aidtold",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="schemes_aid_says_how_it_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="aidtold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("struck_at", None), ("struck_by", "")),
                    models.Q(("struck_at__isnull", False), models.Q(("struck_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="schemes_aid_is_struck_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="undertakingtie",
            index=models.Index(fields=["one"], name="schemes_tie_one"),
        ),
        migrations.AddIndex(
            model_name="undertakingtie",
            index=models.Index(fields=["other"], name="schemes_tie_other"),
        ),
        migrations.AddConstraint(
            model_name="undertakingtie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("one", ""), _negated=True),
                    models.Q(("other", ""), _negated=True),
                    models.Q(("one", models.F("other")), _negated=True),
                ),
                name="schemes_tie_has_two_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="undertakingtie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["votes", "appoints", "influence", "agreement", "split_from", "merged_into"])
                ),
                name="schemes_tie_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="undertakingtie",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="schemes_tie_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="undertakingtie",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="schemes_tie_says_how_it_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="undertakingtie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("struck_at", None), ("struck_by", "")),
                    models.Q(("struck_at__isnull", False), models.Q(("struck_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="schemes_tie_is_struck_by_somebody",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
