"""How a data file is made anew from what its publisher offers: the part `recipe` of a description."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ..entries.base import Part
from ..entries.fields import Line, Url, Whole

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_]+$")]


class Cell(Part):
    """Where the publisher has the value of one of our columns."""

    where: dict[Line, Line] = Field(min_length=1, description="What other columns of the publisher's row hold.", examples=[{"measure": "Share"}])
    unit: Line = Field(description="The unit it must stand in.", examples=["percent"])


class Share(Part):
    """A column that we work out: `share` times `part` over `whole`, empty where one of them is."""

    share: Name = Field(description="The column of the whole's share.", examples=["clean_share"])
    part: Name = Field(description="The column of the part.", examples=["electric"])
    whole: Name = Field(description="The column of the whole.", examples=["clean"])
    digits: Annotated[Whole, Field(ge=0, le=6)] = Field(2, description="Digits after the point; a half goes to the even one.")


class Kind(Part):
    """The column that says whether a row is about one country or a group."""

    column: Name = Field(description="Its name.", examples=["kind"])
    country: Line = Field(description="Its word for a country.", examples=["country"])
    group: Line = Field(description="Its word for a group of countries.", examples=["aggregate"])


class Long(Part):
    """A publisher's table with one value a row, which becomes our table with one place and year a row."""

    place: tuple[Line, ...] = Field(min_length=1, description="The names that the publisher's column of places may have.", examples=[["region"]])
    year: Line = Field(description="The publisher's column of years.", examples=["year"])
    unit: Line = Field(description="The publisher's column of units.", examples=["unit"])
    value: Line = Field(description="The publisher's column of values.", examples=["value"])
    keep: dict[Line, tuple[Line, ...]] = Field(
        default_factory=dict, description="What a row must hold to be taken; others are left.", examples=[{"category": ["Past"]}]
    )
    by: dict[Name, Line] = Field(
        default_factory=dict, description="Columns of ours that name a row beside place and year, and the publisher's.", examples=[{"fuel": "fuel"}]
    )
    cells: dict[Name, Cell] = Field(min_length=1, description="Our columns that the publisher has.")
    sums: dict[Name, tuple[Name, ...]] = Field(
        default_factory=dict, description="Columns that are sums of others, as far as these are known.", examples=[{"all": ["one", "two"]}]
    )
    shares: dict[Name, Share] = Field(default_factory=dict, description="Columns that are our estimate of a share.")
    kind: Kind | None = Field(None, description="The column that tells a country from a group.")
    codes: dict[Line, Line] = Field(
        default_factory=dict, description="Codes of places by the publisher's name, where no government has it.", examples=[{"Name": "AAA"}]
    )
    groups: tuple[Line, ...] = Field((), description="Names of groups of countries, which have no code.", examples=[["The world"]])
    order: tuple[Name, ...] = Field(min_length=1, description="The columns by which rows are put in order.", examples=[["place", "year"]])


class Shapes(Part):
    """A TopoJSON file that is taken as it is."""

    shapes: Line = Field(description="The name of the object that holds the shapes.", examples=["countries"])
    name: Line = Field(description="The property that names a shape.", examples=["name"])
    points: Line | None = Field(None, description="The data file with a row for each place of the world.", examples=["codes"])
    code: Name | None = Field(None, description="Its column that holds the id of a shape.", examples=["number"])


class Recipe(Part):
    """How `commons data` makes the file: from a long table, or from shapes."""

    address: Url | None = Field(None, description="Where the publisher always offers the newest file.", examples=["https://www.example.org/all.csv"])
    table: Long | None = Field(None, description="For a table.")
    topology: Shapes | None = Field(None, description="For shapes of countries.")
