"""The monitoring centre (监控中心): reports come in, are completed and go to the desk."""
