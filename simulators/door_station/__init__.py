"""Door stations and help buttons, one file per dialect."""
