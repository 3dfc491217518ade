"""Benchmarks side by side in one run: ours, the other's (a peer, or a limit), and the ratio."""
