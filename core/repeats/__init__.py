"""The same problem again: repeats of a customer, likenesses, joining, merging and splitting."""
