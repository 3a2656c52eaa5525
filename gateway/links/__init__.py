"""Cables: the only places that import a driver. They carry bytes and know no meaning."""
