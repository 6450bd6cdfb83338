"""What may be, and who may: rules of one thing."""
