"""Where policy, calendar and catalogue become what stages are given, and where they are changed."""

from core.rules.office import rules

__all__ = ["rules"]
