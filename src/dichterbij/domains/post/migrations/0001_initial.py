import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("channel", models.TextField()),
                ("about", models.TextField()),
                ("kind", models.TextField()),
                ("number", models.IntegerField()),
                ("recipient", models.TextField()),
                ("subject", models.TextField()),
                ("text", models.TextField()),
                ("created_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("claimed_at", None), ("sent_at", None)), fields=["created_at", "id"], name="letter_that_waits"),
                    models.Index(condition=models.Q(("claimed_at__isnull", False), ("sent_at", None)), fields=["claimed_at"], name="letter_in_hands"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("about", "kind", "number"), name="letter_tells_a_thing_once"),
                    models.CheckConstraint(condition=models.Q(models.Q(("about", ""), _negated=True), models.Q(("kind", ""), _negated=True)), name="letter_is_about_something"),
                    models.CheckConstraint(condition=models.Q(("channel__in", ["mail", "sms"])), name="letter_channel_is_known"),
                    models.CheckConstraint(condition=models.Q(models.Q(("sent_at", None), models.Q(("recipient", ""), _negated=True), models.Q(("text", ""), _negated=True)), models.Q(("recipient", ""), ("sent_at__isnull", False), ("subject", ""), ("text", "")), _connector="OR"), name="letter_keeps_nothing_after_it_left"),
                ],
            },
        ),
    ]
