"""What can be typed behind ``shouwen``, a function each.

Answers that a machine may read are JSON lines on stdout; what is wrong is said on stderr. A command
imports what it sets going only once it is called: one that only looks must not wait for the rest.
"""
