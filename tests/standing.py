"""What runs in a process of its own for each removed room: models of other tests would be seen."""

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.removal


def test_checks_and_migrations_stand(db):
    call_command("check")
    call_command("makemigrations", "--check", "--dry-run")
