"""Somebody who signs in. No password: a provider of the organisation, or a link by e-mail, says who it is."""

from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class User(AbstractBaseUser):
    """One person, whatever roles this person has. `kind` is how one signs in.

    A citizen who comes through a provider may have no address. Sessions that began before `signed_out_at` are over.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.TextField(unique=True, null=True)  # in small letters
    name = models.TextField(blank=True, default="")
    kind = models.TextField()
    language = models.TextField(default="nl")
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    invented = models.BooleanField(default=False)
    signed_out_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=None) | (Q(email__contains="@") & Q(email=Lower("email"))),
                name="user_has_an_address_in_small_letters",
            ),
            models.CheckConstraint(condition=~Q(kind="staff") | ~Q(email=None), name="user_of_staff_has_an_address"),
            models.CheckConstraint(condition=Q(kind__in=["citizen", "employer", "staff"]), name="user_kind_is_known"),
        ]
