"""Audit as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "commonweal.foundation.audit"
    label = "audit"
