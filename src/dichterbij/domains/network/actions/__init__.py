"""Writes of the network."""

from dichterbij.domains.network.actions import leads
from dichterbij.domains.network.actions.answers import say_answered, undo_answer
from dichterbij.domains.network.actions.approaching import approach, say_agreed, set_status, take_over, undo_status
from dichterbij.domains.network.actions.contacts import (
    NewContact,
    add_contact,
    end_contact,
    name_manager,
    restore_contact,
    talked,
)
from dichterbij.domains.network.actions.demo import load_demo_network, reset_demo_network
from dichterbij.domains.network.actions.employers import (
    add_employer,
    add_employer_contact,
    add_note,
    add_site,
    change_employer,
    end_employer_contact,
    end_site,
    follow_site,
)
from dichterbij.domains.network.actions.forgetting import ForgottenNetwork, forget_network
from dichterbij.domains.network.actions.lessons import add_lesson, amend_lesson
from dichterbij.domains.network.actions.mailings import (
    LONGEST_LETTER,
    restore_mailing,
    send_mailing,
    withdraw_mailing,
    write_mailing,
)
from dichterbij.domains.network.actions.own_contacts import (
    NewOwnContact,
    add_own_contact,
    end_own_contact,
    restore_own_contact,
)
from dichterbij.domains.network.actions.tables import Table, amend_table, plan_table

__all__ = [
    "LONGEST_LETTER",
    "ForgottenNetwork",
    "NewContact",
    "NewOwnContact",
    "Table",
    "add_contact",
    "add_employer",
    "add_employer_contact",
    "add_lesson",
    "add_note",
    "add_own_contact",
    "add_site",
    "amend_lesson",
    "amend_table",
    "approach",
    "change_employer",
    "end_contact",
    "end_employer_contact",
    "end_own_contact",
    "end_site",
    "follow_site",
    "forget_network",
    "leads",
    "load_demo_network",
    "name_manager",
    "plan_table",
    "reset_demo_network",
    "restore_contact",
    "restore_mailing",
    "restore_own_contact",
    "say_agreed",
    "say_answered",
    "send_mailing",
    "set_status",
    "take_over",
    "talked",
    "undo_answer",
    "undo_status",
    "withdraw_mailing",
    "write_mailing",
]
