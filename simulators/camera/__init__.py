"""Simulated cameras: a drawn place behind HTTP, MJPEG and RTSP, with every fault there is."""
