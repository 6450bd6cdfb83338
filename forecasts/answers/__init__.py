"""What people say: estimates, verdicts, reports; and forgetting who said it."""
