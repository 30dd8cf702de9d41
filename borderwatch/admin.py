"""The desk of what stands beside the records; Django finds it here."""

from borderwatch.desk.scheduling import ScheduledPublicationAdmin

__all__ = ["ScheduledPublicationAdmin"]
