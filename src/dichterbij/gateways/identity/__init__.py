"""Signing in at a provider: OpenID Connect with PKCE, for staff, and for citizens and employers through a broker."""

from dichterbij.gateways.identity.client import Begun, Client
from dichterbij.gateways.identity.errors import RefusedError
from dichterbij.gateways.identity.providers import Provider, read_providers

__all__ = ["Begun", "Client", "Provider", "RefusedError", "read_providers"]
