"""The month (五.2(3)): facts of issues kept in step with the journal, sums, and what is frozen."""
