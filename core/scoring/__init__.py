"""Reward and punishment: rules propose, the director decides, the ledger remembers (五.2)."""
