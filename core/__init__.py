"""The scheme: what a report is, who answers for it, and when it climbs."""
