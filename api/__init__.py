"""What people and gateways reach over HTTP: the API under ``/api/v1``, the stream, the console."""
