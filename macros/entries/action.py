"""An action: something that governments committed to do together."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Entry, Milestone, Part, Period, Section
from .fields import ActionRef, BodyRef, CoalitionRef, GovernmentRef, Line, SourceRef, Term, Text, Whole


class Product(Part):
    """Something the action sets out to make: a report, a guide, a mechanism."""

    title: Line = Field(description="What it is called.", examples=["Transition roadmap"])
    note: Text | None = Field(None, description="What it is for, or what became of it.", examples=["Launched in December 2023."])
    source: SourceRef = Field(description="The key of the source in `sources`.", examples=["action-plan"])


class Action(Entry):
    """A commitment with the governments that joined it."""

    kind: ClassVar[str] = "action"
    folder: ClassVar[str] = "actions"
    sections: ClassVar[tuple[Section, ...]] = (
        Section("What was agreed", "The commitment, in our own words."),
        Section("How it is taken forward", "Who does what, by when."),
        Section("What came of it", "What is known about delivery, with sources.", required=False),
    )

    coalition: CoalitionRef = Field(description="Id of the coalition whose commitment this is.", examples=["clean-alliance"])
    code: Annotated[str, Field(max_length=12)] | None = Field(None, description="The short code that people know it by.", examples=["A1"])
    form: Annotated[str, Term("action-forms")] = Field(description="What sort of commitment it is.", examples=["priority-action"])
    theme: Line = Field(description="The theme as the coalition names it.", examples=["Money"])
    order: Annotated[Whole, Field(ge=1, le=999)] | None = Field(None, description="Its place in the coalition's own list.", examples=[1])
    period: Period = Field(description="The years it is meant for.")
    governments: tuple[GovernmentRef, ...] = Field(
        (),
        description="Ids of the governments that joined it, exactly as the document lists them.",
        examples=[["aa", "bb"]],
    )
    governments_note: Line | None = Field(
        None, description="What the list of governments leaves open.", examples=["The document names no governments."]
    )
    coordinators: tuple[BodyRef, ...] = Field((), description="Ids of the bodies that coordinate it.", examples=[["research-council"]])
    partners: tuple[BodyRef, ...] = Field((), description="Ids of other bodies named in it.", examples=[["un-agency"]])
    supports: tuple[ActionRef, ...] = Field((), description="Ids of actions of other coalitions that it contributes to.", examples=[["joint-action"]])
    products: tuple[Product, ...] = Field((), description="What it sets out to make.")
    milestones: tuple[Milestone, ...] = Field((), description="Dated steps, in order.")
