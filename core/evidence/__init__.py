"""Pictures as evidence (图像证据): asked for, attached, looked at, exported, deleted in time."""
