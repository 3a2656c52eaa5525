"""Whatever leaves waits here (发件箱): written with its cause, and sent after it."""
