"""Into the register (登记): who told us, who answers for it, and the first entry of an issue."""
