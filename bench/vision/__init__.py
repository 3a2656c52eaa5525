"""The vision benchmark: `python -m bench.vision [--data FOLDER]`."""
