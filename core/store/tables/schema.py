"""What all tables share: names of constraints, serial numbers, and that a row belongs to a site."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKeyConstraint, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite only counts up by itself in a column of exactly INTEGER.
serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_KEY = {
    "place": "code",
    "device": "code",
    "plan": "code",
    "unit": "code",
    "person": "code",
    "customer": "code",
    "post": "code",
    "shift": "code",
    "issue": "number",
    "report": "number",
}


def site_key() -> Column[str]:
    """Return the first part of a key: the site."""
    return Column("site", sa.String(64), sa.ForeignKey("site.code"), primary_key=True)


def of(table: str, *columns: str) -> ForeignKeyConstraint:
    """Tie columns to a row of the same site."""
    return ForeignKeyConstraint(["site", *columns], [f"{table}.site", f"{table}.{_KEY[table]}"])
