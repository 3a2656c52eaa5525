"""What cameras find themselves (摄像机发现): how it fares, and which rules are muted."""
