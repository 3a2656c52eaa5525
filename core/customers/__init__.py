"""Residents and tenants: who they are, what they told before, and who may be calling."""
