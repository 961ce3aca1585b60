"""What signing in leaves behind: links, second factors, and who somebody is at a provider. Secrets are digests here."""

from django.db import models
from django.db.models import F, Q


class SignInLink(models.Model):
    """A link that was asked for, used once at most. Forgotten a day later. `place`: digest of a network address."""

    id = models.BigAutoField(primary_key=True)
    digest = models.TextField(unique=True)
    email = models.TextField()
    kind = models.TextField()  # the door: of whom an account is made at first use
    language = models.TextField()
    next_path = models.TextField(blank=True, default="")
    place = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="link_works_for_a_while"),
            models.CheckConstraint(
                condition=Q(kind__in=["citizen", "employer", "staff"]), name="link_is_for_a_known_door"
            ),
        ]
        indexes = [
            models.Index(fields=["email", "made_at"], name="link_by_address"),
            models.Index(fields=["place", "made_at"], name="link_by_place"),
            models.Index(fields=["made_at"], name="link_by_moment"),
        ]


class SecondFactor(models.Model):
    """An authenticator app. `secret` is sealed with the secret key; `last_step` makes that no code works twice."""

    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, primary_key=True, related_name="factor")
    secret = models.TextField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """One way in without the app, used once. Keyed digest only."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.TextField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_is_one")]


class Identity(models.Model):
    """Somebody at a provider, by a name that means something there only; never a citizen service number."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="identities")
    issuer = models.TextField()
    subject = models.TextField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_is_of_one_account"),
            models.CheckConstraint(condition=~Q(issuer="") & ~Q(subject=""), name="identity_is_complete"),
            # A citizen service number has nine digits (eight with its first nought left out).
            models.CheckConstraint(condition=~Q(subject__regex=r"^[0-9]{8,9}$"), name="identity_is_no_service_number"),
        ]
