"""Simulated hardware on the wire: real topics, real bytes, nothing of the product inside."""
