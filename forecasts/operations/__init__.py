"""The service as it runs: what wakes it, and how it is."""
