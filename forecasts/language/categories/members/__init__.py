"""One file each: a category is added here, and nowhere else."""
