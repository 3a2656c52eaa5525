"""The duty roster (值班表): who is on duty where, and who answers for whom."""
