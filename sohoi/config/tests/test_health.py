"""What `sohoi check` says of a running installation."""

import pytest
from django.db import connection

from sohoi.audit import triggers
from sohoi.audit.models import Change
from sohoi.config.health import Finding, examine
from sohoi.org.models import UnitVersion


def finding() -> Finding:
    return next(found for found in examine() if found.name == "history")


@pytest.mark.parametrize(
    "harm",
    [
        "DROP TRIGGER audit_keep_update ON org_unitversion",
        "ALTER TABLE org_unitversion DISABLE TRIGGER audit_keep_delete",
        "ALTER FUNCTION audit_keep_org_unitversion() SECURITY INVOKER",
        """CREATE OR REPLACE FUNCTION audit_keep_org_unitversion() RETURNS trigger
           LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NULL; END'""",
    ],
)
def test_a_history_that_is_not_kept_is_found_and_mended(cast, harm):
    assert finding().ok
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(harm)
    assert not finding().ok
    assert "org.unitversion" in finding().text
    assert triggers.install() == ["org.unitversion"]
    assert finding().ok
    UnitVersion.objects.filter(unit=cast.units.hamlet).update(name="Chi hội mới")
    assert Change.objects.latest("id").after == {"name": "Chi hội mới"}
