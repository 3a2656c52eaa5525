"""The office changes its own people, units and places (features K2)."""
