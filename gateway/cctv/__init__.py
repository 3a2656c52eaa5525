"""Cameras: pictures as evidence, cameras watched, and an honest answer to "was it handled?"."""
