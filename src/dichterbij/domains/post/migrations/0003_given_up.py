from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A letter that is refused waits longer each time, and is given up after a term."""

    dependencies = [("post", "0002_only_the_post")]

    operations = [
        migrations.AddField("letter", "refusals", models.SmallIntegerField(default=0, db_default=0)),
        migrations.AddField("letter", "not_before", models.DateTimeField(null=True)),
        migrations.AddField("letter", "given_up_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("letter", "letter_keeps_nothing_after_it_left"),
        migrations.AddConstraint(
            "letter",
            models.CheckConstraint(
                condition=Q(sent_at=None, given_up_at=None) & ~Q(recipient="") & ~Q(text="")
                | Q(sent_at__isnull=False, given_up_at=None, recipient="", subject="", text="")
                | Q(sent_at=None, given_up_at__isnull=False, claimed_at=None, recipient="", subject="", text=""),
                name="letter_keeps_nothing_after_it_left",
            ),
        ),
        migrations.RemoveIndex("letter", "letter_that_waits"),
        migrations.AddIndex(
            "letter",
            models.Index(
                fields=["created_at", "id"],
                condition=Q(sent_at=None, claimed_at=None, given_up_at=None),
                name="letter_that_waits",
            ),
        ),
    ]
