"""Writes of cases: each one transaction, at least one event, and one event of the journal.

Whoever calls checks what the actor may do; the database checks that two people see a decision.
"""

from dichterbij.domains.schemes.actions.cases.answered import BankRead, read_bank_file
from dichterbij.domains.schemes.actions.cases.checking import Known, check_round, known_of, sample_round
from dichterbij.domains.schemes.actions.cases.deciding import ToApprove, approve, approve_many, propose, send_back
from dichterbij.domains.schemes.actions.cases.evidence import (
    NewEvidence,
    add_evidence,
    answer_flag,
    finish_task,
    finish_tasks,
    flag,
    read_document,
    strike_evidence,
)
from dichterbij.domains.schemes.actions.cases.forgetting import forget_documents
from dichterbij.domains.schemes.actions.cases.knowing import end_placement, strike_out, tell_aid, tell_tie
from dichterbij.domains.schemes.actions.cases.looking import ask_to_look, look_where_asked
from dichterbij.domains.schemes.actions.cases.moving import ChangedError, FourEyesError
from dichterbij.domains.schemes.actions.cases.objecting import lodge_objection, take_objection_step
from dichterbij.domains.schemes.actions.cases.opening import Party, adopt_decisions, open_case
from dichterbij.domains.schemes.actions.cases.paying import (
    change_account,
    drop_file,
    prepare_file,
    release_file,
)
from dichterbij.domains.schemes.actions.cases.resuming import Compared, compare_payments
from dichterbij.domains.schemes.actions.cases.sending import send_missing
from dichterbij.domains.schemes.actions.cases.stepping import receive_repayment, return_money, take_step

__all__ = [
    "BankRead",
    "ChangedError",
    "Compared",
    "FourEyesError",
    "Known",
    "NewEvidence",
    "Party",
    "ToApprove",
    "add_evidence",
    "adopt_decisions",
    "answer_flag",
    "approve",
    "approve_many",
    "ask_to_look",
    "change_account",
    "check_round",
    "compare_payments",
    "drop_file",
    "end_placement",
    "finish_task",
    "finish_tasks",
    "flag",
    "forget_documents",
    "known_of",
    "lodge_objection",
    "look_where_asked",
    "open_case",
    "prepare_file",
    "propose",
    "read_bank_file",
    "read_document",
    "receive_repayment",
    "release_file",
    "return_money",
    "sample_round",
    "send_back",
    "send_missing",
    "strike_evidence",
    "strike_out",
    "take_objection_step",
    "take_step",
    "tell_aid",
    "tell_tie",
]
