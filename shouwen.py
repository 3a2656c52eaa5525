"""Shouwen's front door: the command line."""
