"""Frozen values that every part of the product speaks in. They import no I/O."""
