"""Briefings (宣贯): what people are to know, and who has not said that he does (五.3)."""
