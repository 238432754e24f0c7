"""An organisation: who hosts, coordinates, funds, advises or partners."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Entry, Section
from .fields import CoalitionRef, Line, Term, Url


class Organisation(Entry):
    """A body that is not a government and not a coalition; its roles follow from the entries that name it."""

    kind: ClassVar[str] = "organisation"
    folder: ClassVar[str] = "organisations"
    sections: ClassVar[tuple[Section, ...]] = (Section("What it does", "Its part in this field, with sources.", required=False),)

    short_name: Annotated[Line, Field(max_length=40)] | None = Field(None, description="The abbreviation or name people use.", examples=["RC"])
    form: Annotated[str, Term("organisation-forms")] = Field(description="What sort of organisation it is.", examples=["un-body"])
    url: Url | None = Field(None, description="Its home page.", examples=["https://www.example.org/"])
    member_of: tuple[CoalitionRef, ...] = Field((), description="Ids of coalitions it belongs to.", examples=[["parent-coalition"]])
