"""Everything SQL: tables, and one file of queries per noun. Nothing else in the core touches it."""
