"""Makes the provider's tables, users and clients, and serves until it is stopped."""

import os
from wsgiref.simple_server import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    """No line for every request."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def main() -> None:
    """All of it."""
    import django
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    django.setup()
    call_command("migrate", verbosity=0)
    _fill()
    with make_server(
        "127.0.0.1", int(os.environ["PROVIDER_PORT"]), get_wsgi_application(), handler_class=Quiet
    ) as site:
        site.serve_forever()


def _fill() -> None:
    from django.contrib.auth import get_user_model
    from oauth2_provider.models import Application

    from support.provider.users import USERS

    for name in USERS:
        get_user_model().objects.create(username=name)
    broker = ("citizen", "employer", "no-level")
    for client, keys in (("dichterbij", ("staff", "with-secret", "no-levels")), ("broker", broker)):
        Application.objects.create(
            client_id=client,
            client_secret="shared-with-the-provider",
            client_type=Application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
            redirect_uris=" ".join(f"http://localhost/oidc/{key}/terug/" for key in keys),
            post_logout_redirect_uris=" ".join(f"http://localhost/oidc/{key}/uit/" for key in keys),
            algorithm=Application.RS256_ALGORITHM,
            skip_authorization=True,
        )


if __name__ == "__main__":
    main()
