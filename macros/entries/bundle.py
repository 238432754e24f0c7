"""A bundle: a selection of entries with an agenda, ready for a workshop."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Entry, Part, Section
from .fields import AnyRef, CoalitionRef, Key, Line, ProgrammeRef, Term, Text, Whole


class Step(Part):
    """One step of the agenda."""

    title: Line = Field(description="What the step is called.", examples=["Read and compare"])
    minutes: Annotated[Whole, Field(ge=1, le=480)] = Field(description="How long it takes, in minutes.", examples=[30])
    method: Annotated[str, Term("methods")] = Field(description="How people work in it.", examples=["small-groups"])
    text: Text = Field(description="What happens, told to someone who did not write it.", examples=["Each group reads two cases."])
    entries: tuple[AnyRef, ...] = Field((), description="Ids of the entries used in this step.", examples=[["first-case"]])


class Selection(Part):
    """Entries by id, by facets, or both: ids first, then all that match every facet given."""

    entries: tuple[AnyRef, ...] = Field((), description="Ids of entries, in the order of printing.", examples=[["first-case"]])
    facets: dict[Key, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Facets and their values: any value of a facet, every facet.",
        examples=[{"kind": ["practice"], "topic": ["money"]}],
    )


class Bundle(Entry):
    """A workshop that someone who did not write it can run."""

    kind: ClassVar[str] = "bundle"
    folder: ClassVar[str] = "bundles"
    review_months: ClassVar[int] = 18
    sections: ClassVar[tuple[Section, ...]] = (
        Section("Preparation", "What to do and to print before the day."),
        Section("Room and material", "What must be in the room."),
        Section("Adapting it", "How to shorten, lengthen or move it online.", required=False),
    )

    audience: Text = Field(description="Who it is for, and how many people.", examples=["Twelve to thirty city officials."])
    duration: Annotated[Whole, Field(ge=10, le=2880)] = Field(
        description="Its length in minutes; the steps of the agenda add up to it.", examples=[90]
    )
    objectives: tuple[Line, ...] = Field(min_length=1, description="What participants leave with.", examples=[["Each team has one measure to try."]])
    coalition: CoalitionRef | None = Field(None, description="Id of the coalition whose edition this is.", examples=["clean-alliance"])
    programme: ProgrammeRef | None = Field(None, description="Id of the programme it was made for.", examples=["regional-workshops"])
    edition: Line | None = Field(None, description="The edition shown on the cover.", examples=["November 2026"])
    agenda: tuple[Step, ...] = Field(min_length=1, description="The steps, in order.")
    selection: Selection = Field(description="The entries that go into the printed editions.")
