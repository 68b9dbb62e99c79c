"""All that people do in a year."""

from tests.year.acts.act import Act
from tests.year.acts.actors import Merges
from tests.year.acts.answers import (
    EntersEarlier,
    Evaluates,
    EvaluatesEdition,
    ReadsLines,
    SaysAmbassador,
    StopsBeingAmbassador,
)
from tests.year.acts.bookings import Books, Cancels, Gives, Invites, Names, Refuses, Replies
from tests.year.acts.issues import (
    AddsIssue,
    ArchivesIssue,
    ChangesStatement,
    EntersStance,
    TakesStance,
    WritesStatement,
)
from tests.year.acts.joint import AnswersJoint, BeginsJoint, FinishesJoint, GivesUpJoint, InvitesJoint, StartsJoint
from tests.year.acts.methods import AnswersAboutMethod, AsksAboutMethod, SharesMethod, WithdrawsMethod
from tests.year.acts.money import EntersFinancing, EntersOutturn
from tests.year.acts.networks import AnswersContact, AsksContact, Follows, HidesSelf, ShowsSelf

__all__ = [
    "Act",
    "AddsIssue",
    "AnswersAboutMethod",
    "AnswersContact",
    "AnswersJoint",
    "ArchivesIssue",
    "AsksAboutMethod",
    "AsksContact",
    "BeginsJoint",
    "Books",
    "Cancels",
    "ChangesStatement",
    "EntersEarlier",
    "EntersFinancing",
    "EntersOutturn",
    "EntersStance",
    "Evaluates",
    "EvaluatesEdition",
    "FinishesJoint",
    "Follows",
    "Gives",
    "GivesUpJoint",
    "HidesSelf",
    "Invites",
    "InvitesJoint",
    "Merges",
    "Names",
    "ReadsLines",
    "Refuses",
    "Replies",
    "SaysAmbassador",
    "SharesMethod",
    "ShowsSelf",
    "StartsJoint",
    "StopsBeingAmbassador",
    "TakesStance",
    "WithdrawsMethod",
    "WritesStatement",
]
