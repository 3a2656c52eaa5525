"""Simulated cameras: a drawn place, seen through HTTP, MJPEG and RTSP, with every fault there is."""
