"""A version of a lesson or a regional table follows the one before it; a table stays in its region.

The first row of a lesson of the documents is version 2, because version 1 stands in a file. Its key is a word, that of
every other lesson is a random number in 32 letters.
After the insert, so that the policies and constraints have spoken before.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION network_lesson_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.version <> 2 - (NEW.key ~ '^[0-9a-f]{32}$')::integer AND NOT EXISTS (
        SELECT 1 FROM network_lesson WHERE key = NEW.key AND version = NEW.version - 1
    ) THEN
        RAISE EXCEPTION 'A version of a lesson follows the one before it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lesson_follows';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER network_lesson_follows AFTER INSERT ON network_lesson
    FOR EACH ROW EXECUTE FUNCTION network_lesson_follows();
CREATE FUNCTION network_table_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.version <> 1 AND NOT EXISTS (
        SELECT 1 FROM network_regionaltable
        WHERE key = NEW.key AND version = NEW.version - 1 AND region = NEW.region
    ) THEN
        RAISE EXCEPTION 'A version of a table follows the one before it, in the same region'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'table_follows';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER network_table_follows AFTER INSERT ON network_regionaltable
    FOR EACH ROW EXECUTE FUNCTION network_table_follows();
"""
BACK = """
DROP TRIGGER network_lesson_follows ON network_lesson;
DROP FUNCTION network_lesson_follows();
DROP TRIGGER network_table_follows ON network_regionaltable;
DROP FUNCTION network_table_follows();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0006_regional_tables'),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
