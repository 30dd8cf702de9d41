"""The ledger, and what the desk keeps beside its records."""

from borderwatch.models.desk import Comment, Identity, IdentityLook, ScheduledPublication, SealRequest
from borderwatch.models.ledger import Change, Counter, DataVersion, Edition, Reference, Release, WaitingDocument

__all__ = [
    "Change",
    "Comment",
    "Counter",
    "DataVersion",
    "Edition",
    "Identity",
    "IdentityLook",
    "Reference",
    "Release",
    "ScheduledPublication",
    "SealRequest",
    "WaitingDocument",
]
