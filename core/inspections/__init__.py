"""Inspections: samples that are planned, and what was found (五.2(3)⑤)."""
