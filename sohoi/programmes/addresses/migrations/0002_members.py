"""What holds a team and its address together: unit, kind and time; and the shelter apart."""

from django.db import migrations

# A member repeats her address's unit and whether it is the shelter; both follow the address.
REPEATED = """
ALTER TABLE addresses_member ADD CONSTRAINT addresses_member_repeats_address
  FOREIGN KEY (address_id, unit_id, is_shelter)
  REFERENCES addresses_address (id, unit_id, is_shelter) ON UPDATE CASCADE;
"""

DROP_REPEATED = """
ALTER TABLE addresses_member DROP CONSTRAINT addresses_member_repeats_address;
"""

# The address is locked by whoever writes a member, so that it is not closed meanwhile.
LIFE = """
CREATE FUNCTION addresses_member_within_life() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE life record;
BEGIN
  SELECT founded_on, closed_on INTO life
    FROM addresses_address WHERE id = NEW.address_id FOR SHARE;
  IF NEW.joined_on < life.founded_on
     OR life.closed_on < COALESCE(NEW.left_on, 'infinity'::date) THEN
    RAISE EXCEPTION 'a member''s time lies within the life of her address'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'addresses_member_within_life';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER addresses_member_within_life AFTER INSERT OR UPDATE ON addresses_member
  FOR EACH ROW EXECUTE FUNCTION addresses_member_within_life();

CREATE FUNCTION addresses_life_holds_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM addresses_member AS m WHERE m.address_id = NEW.id
              AND (m.joined_on < NEW.founded_on
                   OR NEW.closed_on < COALESCE(m.left_on, 'infinity'::date))) THEN
    RAISE EXCEPTION 'a member''s time lies within the life of her address'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'addresses_life_holds_members';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER addresses_life_holds_members AFTER UPDATE OF founded_on, closed_on
  ON addresses_address FOR EACH ROW EXECUTE FUNCTION addresses_life_holds_members();
"""

DROP_LIFE = """
DROP TRIGGER addresses_life_holds_members ON addresses_address;
DROP FUNCTION addresses_life_holds_members();
DROP TRIGGER addresses_member_within_life ON addresses_member;
DROP FUNCTION addresses_member_within_life();
"""

# The history keeps a place for good, so an address that had one never becomes the shelter's.
APART = """
CREATE FUNCTION addresses_shelter_stays_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an address neither becomes nor ceases to be the shelter team'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'addresses_shelter_stays_apart';
END
$$;
CREATE TRIGGER addresses_shelter_stays_apart BEFORE UPDATE ON addresses_address FOR EACH ROW
  WHEN ((OLD.kind = 'shelter_team') <> (NEW.kind = 'shelter_team'))
  EXECUTE FUNCTION addresses_shelter_stays_apart();
"""

DROP_APART = """
DROP TRIGGER addresses_shelter_stays_apart ON addresses_address;
DROP FUNCTION addresses_shelter_stays_apart();
"""


class Migration(migrations.Migration):
    dependencies = [("addresses", "0001_initial")]

    operations = [
        migrations.RunSQL(REPEATED, DROP_REPEATED),
        migrations.RunSQL(LIFE, DROP_LIFE),
        migrations.RunSQL(APART, DROP_APART),
    ]
