"""How people come in, and what keeps others out. django-allauth is known here and nowhere else."""
