"""From what is due to a mail that a server took."""
