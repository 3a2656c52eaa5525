"""Who finds a problem tells it himself, by his telephone (五.1(1), 五.1(2))."""
