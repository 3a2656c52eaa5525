"""Who steps in when nobody has handled a problem, and why not sooner (五.1(3))."""
