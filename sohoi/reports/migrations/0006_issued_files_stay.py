"""An issued file is of a unit of its closing, and nothing changes or takes it away."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_issued_files")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE reports_issuedfile ADD CONSTRAINT reports_issued_of_its_closing
              FOREIGN KEY (closing_id, unit_id) REFERENCES figures_frozenunit (closing_id, unit_id);
            CREATE TRIGGER reports_issued BEFORE UPDATE OR DELETE ON reports_issuedfile
              FOR EACH ROW EXECUTE FUNCTION figures_stay_frozen();
            """,
            """
            DROP TRIGGER reports_issued ON reports_issuedfile;
            ALTER TABLE reports_issuedfile DROP CONSTRAINT reports_issued_of_its_closing;
            """,
        ),
    ]
