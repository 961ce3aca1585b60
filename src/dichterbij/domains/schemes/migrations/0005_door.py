"""The turns at the door of a round: given in order, never taken back."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION schemes_door_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.round_id <> OLD.round_id OR NEW.turn_at < OLD.turn_at THEN
        RAISE EXCEPTION 'A turn that was given is not given again' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schemes_door_goes_on BEFORE UPDATE OR DELETE ON schemes_door
    FOR EACH ROW EXECUTE FUNCTION schemes_door_goes_on();
REVOKE DELETE ON schemes_door FROM dichterbij_site;
"""
BACKWARD = "DROP FUNCTION schemes_door_goes_on CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("schemes", "0004_case_guards")]
    operations = [
        migrations.CreateModel(
            name="Door",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="schemes.round",
                    ),
                ),
                ("turn_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
