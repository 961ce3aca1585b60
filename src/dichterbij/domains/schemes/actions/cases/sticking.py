"""Whatever is wrong with one application, the next one goes: it is kept as stuck, and tried again in later turns."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import OperationalError

from dichterbij.domains.schemes.case_models import Case, Stuck
from dichterbij.domains.schemes.rules.proof import number_of
from dichterbij.domains.schemes.seeing import own_work

log = logging.getLogger(__name__)


def goes(receipt: int, what: str, do: Callable[[], Any], *, now: datetime) -> Any:
    """What `do` gives; None when it could not be done, and then the application is stuck. `what`: for the log."""
    try:
        return do()
    except OperationalError:  # the database is not there: nothing goes
        raise
    except Exception as error:  # only its kind: the text may quote what somebody wrote
        log.error("%s %s: %s", number_of(receipt), what, type(error).__name__)
        with own_work():
            Stuck.objects.update_or_create(receipt_id=receipt, defaults={"tried_at": now})
        return None


def loosen(receipt: int) -> bool:
    """It goes on: what there is for its case is looked at again."""
    with own_work():
        Case.objects.filter(receipt=receipt).update(to_look=True)
        Stuck.objects.filter(receipt=receipt).delete()
    return True
