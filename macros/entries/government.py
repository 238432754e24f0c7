"""A government: a country, a state or province, a city, or a union of countries."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Entry, Part, Section
from .fields import GovernmentRef, Key, Line, SourceRef, Term, Whole

CONTEXT = "context-"


class Codes(Part):
    """Standard codes, so that data can be joined on them."""

    iso2: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = Field(None, description="ISO 3166-1 alpha-2 code.", examples=["AA"])
    iso3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = Field(None, description="ISO 3166-1 alpha-3 code.", examples=["AAA"])
    iso_numeric: Annotated[str, Field(pattern=r"^[0-9]{3}$")] | None = Field(
        None, description="ISO 3166-1 numeric code, three digits.", examples=["999"]
    )
    subdivision: Annotated[str, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")] | None = Field(
        None, description="ISO 3166-2 code of a state or province.", examples=["AA-01"]
    )


class Point(Part):
    """A point on the map, in degrees (WGS 84)."""

    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] = Field(description="Degrees north.", examples=[10.5])
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] = Field(description="Degrees east.", examples=[20.25])


class ContextFact(Part):
    """One thing that makes a place like or unlike another, as a source states it."""

    value: Key = Field(description="A term of the vocabulary `context-<name>`.", examples=["low"])
    year: Annotated[Whole, Field(ge=1900, le=2100)] | None = Field(None, description="The year it is about.", examples=[2025])
    source: SourceRef = Field(description="The key of the source in `sources`.", examples=["outlook-2026"])
    note: Line | None = Field(None, description="The number behind it, or its limit.", examples=["23% in 2024."])


class Government(Entry):
    """Who can act: its memberships, commitments and cases follow from the entries that name it."""

    kind: ClassVar[str] = "government"
    folder: ClassVar[str] = "governments"
    review_months: ClassVar[int] = 36
    sections: ClassVar[tuple[Section, ...]] = (Section("Context", "What a peer should know about this government, with sources.", required=False),)

    level: Annotated[str, Term("levels")] = Field(description="Its level of government.", examples=["national"])
    region: Annotated[str, Term("regions")] = Field(description="Its region.", examples=["region-one"])
    economy: Annotated[str, Term("economies")] | None = Field(
        None, description="Its kind of economy, as the named source classifies it.", examples=["emerging"]
    )
    parent: GovernmentRef | None = Field(None, description="Id of the country that a state or city belongs to.", examples=["aa"])
    unions: tuple[GovernmentRef, ...] = Field((), description="Ids of unions of countries it belongs to.", examples=[["union"]])
    codes: Codes = Field(default_factory=Codes, description="Standard codes.")
    point: Point | None = Field(None, description="A point for the map, where the map has no shape.")
    other_names: tuple[Line, ...] = Field((), description="Other names found in documents.", examples=[["Formal Republic of Name"]])
    context: dict[Key, ContextFact] = Field(
        default_factory=dict,
        description=(
            "What its peers compare themselves by, each under the name of a vocabulary without its `context-`. "
            "What no source states is left out: unknown stays unknown."
        ),
    )
