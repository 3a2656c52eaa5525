"""What a table says against what is known."""

from pydantic import Field, JsonValue

from api.schemas.values import Out


class DifferenceOut(Out):
    """A row that changes something."""

    row: int | None = Field(
        description="As a spreadsheet counts; null: no row says it, so it would be gone."
    )
    code: str
    before: dict[str, JsonValue] | None = Field(description="null: nothing of this code was known.")
    after: dict[str, JsonValue] | None = Field(description="null: it would be gone.")


class MistakeOut(Out):
    """Why a row cannot be taken."""

    row: int
    column: str | None
    reason: str


class ImportOut(Out):
    """Every difference and every mistake of a table."""

    rows: int
    differences: list[DifferenceOut]
    mistakes: list[MistakeOut]
    sha256: str = Field(description="Of the table as it was sent.")
    done: bool = Field(description="Whether it was done: never with a mistake, never in a dry run.")
