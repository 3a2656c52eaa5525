"""The front door: what a person types, and what it sets going."""
