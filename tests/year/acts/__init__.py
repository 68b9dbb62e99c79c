"""All that people do in a year."""

from tests.year.acts.act import Act
from tests.year.acts.answers import (
    EntersEarlier,
    Evaluates,
    EvaluatesEdition,
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

__all__ = [
    "Act",
    "AddsIssue",
    "AnswersJoint",
    "ArchivesIssue",
    "BeginsJoint",
    "Books",
    "Cancels",
    "ChangesStatement",
    "EntersEarlier",
    "EntersStance",
    "Evaluates",
    "EvaluatesEdition",
    "FinishesJoint",
    "Gives",
    "GivesUpJoint",
    "Invites",
    "InvitesJoint",
    "Names",
    "Refuses",
    "Replies",
    "SaysAmbassador",
    "StartsJoint",
    "StopsBeingAmbassador",
    "TakesStance",
    "WritesStatement",
]
