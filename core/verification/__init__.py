"""Verification (核查): was what is said to be handled really handled (五.2(3)②)."""
