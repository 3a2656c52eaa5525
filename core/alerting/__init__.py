"""Telling whoever is nearest (就近通知) and the subcontractor's supervisor (抄送)."""
