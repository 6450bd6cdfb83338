"""Exports the Celery application; without it, shared tasks would go to a broker that nobody runs."""

from core.celery import app as celery_app

__all__ = ["celery_app"]
