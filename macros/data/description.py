"""What stands beside each data file: whose it is, under which licence, from when, and what each column means.

`content/data/<name>.yml` describes `<name>.csv` or `<name>.json`.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ..entries.base import Part
from ..entries.fields import GovernmentRef, Key, Line, PartialDate, Text, Url, Whole
from .recipe import Name, Recipe

Number = Annotated[float, Field(allow_inf_nan=False)]


class Column(Part):
    """One column of a table, in the order in which it stands there."""

    name: Name = Field(description="The name in the first line of the file.", examples=["sales"])
    label: Line = Field(description="What readers see.", examples=["Sales"])
    takes: Literal["text", "number", "year", "code", "address"] = Field(
        "text", description="What its cells hold; a `code` is the ISO 3166-1 alpha-3 code of a country.", examples=["number"]
    )
    required: bool = Field(False, description="Whether each cell must have a value; an empty cell is a missing value, never a zero.")
    least: Number | None = Field(None, description="The least a number may be.", examples=[0])
    most: Number | None = Field(None, description="The most a number may be.", examples=[100])
    derived: bool = Field(False, description="Whether we worked it out from other columns; pages mark it.")
    note: Line | None = Field(None, description="What the column means, where its label does not say it.", examples=["Cooking only."])


class LeftOut(Part):
    """A value that the publisher has and that cannot be right; it stays in the file and is shown nowhere."""

    column: Name = Field(description="The column of the value.", examples=["share"])
    where: dict[Name, Line] = Field(min_length=1, description="What the other cells of its rows hold.", examples=[{"code": "AAA"}])
    reason: Line = Field(description="Why it cannot be right.", examples=["More than the whole."])


class Places(Part):
    """How rows are tied to governments."""

    name: Name = Field(description="The column that holds the name of the place.", examples=["entity"])
    code: Name = Field(description="The column that holds its ISO 3166-1 alpha-3 code; empty for groups of countries.", examples=["iso3"])
    also: dict[Line, GovernmentRef] = Field(
        default_factory=dict, description="Ids of governments by the name of the place, where a row has no code.", examples=[{"The Union": "union"}]
    )


class Description(Part):
    """The form of the file beside a data file."""

    title: Line = Field(description="What the data are about.", examples=["Household surveys"])
    publisher: Line = Field(description="Who published them.", examples=["Name of the agency"])
    citation: Text = Field(description="How the publisher asks to be cited.", examples=["Agency (2026), Household surveys."])
    url: Url = Field(description="Where a reader finds them.", examples=["https://www.example.org/data"])
    licence: Line = Field(description="The licence, by its short name.", examples=["CC BY 4.0"])
    licence_url: Url | None = Field(None, description="The text of the licence.", examples=["https://creativecommons.org/licenses/by/4.0/"])
    licence_text: Text | None = Field(None, description="The licence in full, where copies must carry it.")
    as_of: PartialDate = Field(description="The day, month or year of their state.", examples=["2026-05"])
    retrieved: PartialDate = Field(description="When they were taken.", examples=["2026-11"])
    provisional: bool = Field(False, description="Whether the publisher may still change them; pages mark them.")
    origin: Text = Field(description="Where exactly the file came from.", examples=["The table that the page offers as CSV."])
    changed: Text = Field(description="What was done to it; 'Nothing.' if it is as published.", examples=["Columns renamed."])
    refresh: Text = Field(description="How to bring it up to date: where to download, how to turn it into ours.", examples=["Download the table."])
    notes: tuple[Text, ...] = Field((), description="What a reader must know before using a number.")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="The SHA-256 of the data file, so that neither changes without the other."
    )
    columns: tuple[Column, ...] = Field((), description="The columns of a table, in their order; none for a file that is no table.")
    key: tuple[Name, ...] = Field((), description="The columns that together name a row; no two rows may agree in all of them.")
    places: Places | None = Field(None, description="How rows are tied to governments.")
    year: Name | None = Field(None, description="The column that holds the year.", examples=["year"])
    left_out: tuple[LeftOut, ...] = Field((), description="Values that cannot be right.")
    recipe: Recipe | None = Field(None, description="How `commons data` makes the file from what the publisher offers.")


class Together(Part):
    """How the value of a group follows from those of its members, where it is not their sum: one of the two."""

    part: tuple[Name, ...] = Field(
        (), description="The value is a share of a whole: the columns whose sum is the part. The first must be known, others count where they are."
    )
    per: Name | None = Field(None, description="The value is a ratio, and this column holds what stands below the line.", examples=["homes"])


class Indicator(Part):
    """A number that is followed over the years."""

    id: Key = Field(description="A short id, unique here.", examples=["clean-share"])
    label: Line = Field(description="What it is, with its limits.", examples=["Share of homes that cook without smoke"])
    short: Line = Field(description="The head of a column and the label beside a line.", examples=["Clean homes"])
    file: Key = Field(description="The name of the data file, without its ending.", examples=["surveys"])
    column: Name = Field(description="The column of the value.", examples=["share"])
    where: dict[Name, Line] = Field(default_factory=dict, description="What the other cells of its rows must hold.")
    percent: bool = Field(False, description="Whether the value is a percentage.")
    derived: bool = Field(False, description="Whether the value is our own estimate; pages mark it.")
    together: Together | None = Field(None, description="How a group's value is made; left out, values are added up.")


class Findings(Part):
    """Sentences that a figure's title is made of; {place}, {what}, {last}, {year}, {before} and {before_year} are filled in."""

    rose: Line = Field(description="When the last value is higher than the one it is compared with.")
    fell: Line = Field(description="When it is lower.")
    same: Line = Field(description="When it is about the same.")
    only: Line = Field(description="When there is no earlier value.")


class FigureForm(Part):
    """A figure that is drawn for each place that has the numbers."""

    id: Key = Field(description="A short id, unique here.", examples=["share"])
    form: Literal["lines", "bars"] = Field(description="Lines over the years, or bars whose parts add up.", examples=["lines"])
    label: Line = Field(description="What the figure shows, in few words.", examples=["Clean homes"])
    indicators: tuple[Key, ...] = Field(min_length=1, max_length=4, description="Ids of indicators; the first is the one the finding is about.")
    total: Key | None = Field(None, description="The indicator that is the sum of the parts of a bar; the finding is about it.")
    since: Annotated[Whole, Field(ge=1900, le=2100)] = Field(description="The first year that is drawn.", examples=[2010])
    findings: Findings = Field(description="What the title says.")
    note: Line | None = Field(None, description="What a reader must know beside the figure.")


class Aim(Part):
    """A target that a coalition set for an indicator."""

    coalition: Key = Field(description="Id of the coalition.", examples=["clean-alliance"])
    indicator: Key = Field(description="Id of the indicator.", examples=["clean-share"])
    value: Number = Field(description="The value aimed at.", examples=[30])
    year: Annotated[Whole, Field(ge=1900, le=2100)] | None = Field(None, description="The year; leave it out if the source names none.")
    region: Key | None = Field(None, description="The region whose governments stand for the members, where these are not known.")
    label: Line = Field(description="The target in few words.", examples=["30% by 2030"])
    note: Text = Field(description="What it covers, and whether it still stands.")


class Statements(Part):
    """A table of what governments decided or announced, shown row by row on their pages."""

    file: Key = Field(description="The name of the data file, without its ending.", examples=["targets"])
    heading: Line = Field(description="The heading over it.", examples=["Targets and policies"])
    intro: Text = Field(description="What a reader must know about it.")
    columns: tuple[Name, ...] = Field(min_length=1, description="The columns that are shown, in order.")
    link: tuple[Name, Name] | None = Field(None, description="The column that names the source, and the one that holds its address.")
    lists: tuple[Name, ...] = Field((), description="Columns whose cells hold several values with semicolons between them; a page has them in order.")
    remark: Name | None = Field(None, description="The column with a sentence on what happened since; it stands below the first column.")
    words: dict[Name, dict[Line, Line]] = Field(
        default_factory=dict, description="What values are called on a page, by column; parts of a cell with commas between them one by one."
    )
    state: Name | None = Field(None, description="The column with the date of the row's state; it stands beside the source.")
    leave_out: dict[Name, Line] = Field(default_factory=dict, description="Rows that hold this are not shown.")
    quoted: bool = Field(False, description="Whether the first column holds official words.")


class WorldMap(Part):
    """What maps are drawn from."""

    shapes: Key = Field(description="The TopoJSON file of countries, whose ids are ISO numeric codes.", examples=["countries"])
    points: Key = Field(description="A table with codes and a point for each country.", examples=["codes"])
    code: Name = Field(description="Its column with the ISO numeric code.", examples=["number"])
    east: Name = Field(description="Its column with the degrees east.", examples=["longitude"])
    north: Name = Field(description="Its column with the degrees north.", examples=["latitude"])
    note: Text = Field(description="What is said of boundaries under each map.")


class Progress(Part):
    """The form of `progress.yml`: what is followed over the years, and how it is told."""

    title: Line = Field(description="The title of the page.", examples=["Progress"])
    intro: Text = Field(description="What the page is about, in two sentences.")
    heading: Line = Field(description="The heading on a government's page.", examples=["Progress in numbers"])
    reading: Text = Field(description="What a reader must know to read the numbers.")
    whole: Line | None = Field(None, description="The name of the place in the data that stands for the whole world.", examples=["World"])
    indicators: tuple[Indicator, ...] = Field(min_length=1, description="What is followed.")
    figures: tuple[FigureForm, ...] = Field(description="What is drawn.")
    overview: tuple[Key, ...] = Field(min_length=1, description="The indicators of the overview, one a column; the first has a small line.")
    aims: tuple[Aim, ...] = Field((), description="Targets of coalitions.")
    statements: tuple[Statements, ...] = Field((), description="What governments decided or announced.")
    map: WorldMap | None = Field(None, description="What maps are drawn from.")
