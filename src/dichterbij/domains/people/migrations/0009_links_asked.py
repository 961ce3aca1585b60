"""Who asks a link is kept until it is answered: a site that is stopped loses no question."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from dichterbij.domains.accounts.rules.row_security import ROLE, protected

PERSON = "nullif(current_setting('dichterbij.person', true), '')::uuid"
# The person's own stretch too: who is forgotten takes their questions along.
SEEN = f"{ROLE} = 'own_page_work' OR person_id = {PERSON}"


class Migration(migrations.Migration):
    dependencies = [("people", "0008_links_again")]
    operations = [
        migrations.CreateModel(
            "LinkRequest",
            [
                ("id", models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, serialize=False)),
                ("person", models.ForeignKey("people.person", on_delete=django.db.models.deletion.CASCADE, null=True,
                                             related_name="+")),
                ("kind", models.TextField(default="", db_default="")),
                ("value", models.TextField(default="", db_default="")),
                ("language", models.TextField()),
                ("page", models.TextField()),
                ("ask", models.TextField()),
                ("by_text", models.BooleanField(default=False)),
                ("actor", models.TextField()),
                ("organisation", models.UUIDField(null=True)),
                ("asked_at", models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            "LinkRequest",
            models.CheckConstraint(
                condition=Q(person=None) & ~Q(value="") | Q(person__isnull=False, value=""),
                name="link_request_is_for_one",
            ),
        ),
        migrations.AddIndex("LinkRequest", models.Index(fields=["asked_at", "id"], name="link_request_by_age")),
        migrations.RunSQL(*protected("people_linkrequest", SEEN)),
    ]
