"""Routes: one file per noun, one call into the core per route."""
