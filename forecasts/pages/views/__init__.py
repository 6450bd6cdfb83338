"""What people see in a browser: one module a subject."""
