"""The database: schema, migrations, the single writer, and every query. Nothing outside this room writes SQL."""
