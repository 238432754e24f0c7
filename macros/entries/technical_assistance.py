"""Technical assistance: help that a government can ask for."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Entry, Section
from .fields import ActionRef, BodyRef, ChallengeRef, GovernmentRef, Line, ProgrammeRef, Term, Url


class TechnicalAssistance(Entry):
    """An offer of help, with who gives it, who may ask and how."""

    kind: ClassVar[str] = "technical-assistance"
    folder: ClassVar[str] = "technical-assistance"
    offered: ClassVar[bool] = True
    review_months: ClassVar[int] = 12
    sections: ClassVar[tuple[Section, ...]] = (
        Section("What is offered", "What the government gets, and what it does not."),
        Section("Who can ask", "Which governments qualify; say so if it is not known."),
        Section("How to ask", "The way in; say so if no public way was found."),
    )

    providers: tuple[BodyRef, ...] = Field(
        min_length=1,
        description="Ids of the organisations or coalitions that give the help.",
        examples=[["development-bank"]],
    )
    help_forms: tuple[Annotated[str, Term("help-forms")], ...] = Field(
        min_length=1, description="The kinds of help.", examples=[["advice", "training"]]
    )
    availability: Annotated[str, Term("availability")] = Field(
        description="Whether it could be asked for on the day of `reviewed`.", examples=["ask-provider"]
    )
    languages: tuple[Line, ...] = Field((), description="Languages in which it is given, where a source says so.", examples=[["English", "French"]])
    time_frames: tuple[Annotated[str, Term("time-frames")], ...] = Field(
        (), description="How long the help takes, as the provider puts it.", examples=[["short"]]
    )
    governments: tuple[GovernmentRef, ...] = Field((), description="Ids of governments named as eligible or served.", examples=[["aa"]])
    regions: tuple[Annotated[str, Term("regions")], ...] = Field(
        (), description="Regions it is meant for; leave it out if it is open to all.", examples=[["region-one"]]
    )
    levels: tuple[Annotated[str, Term("levels")], ...] = Field(
        (),
        description="Levels of government it is meant for; leave it out if it is open to all.",
        examples=[["national"]],
    )
    segments: tuple[Annotated[str, Term("segments")], ...] = Field(
        (), description="What it is about; leave it out if it is about all.", examples=[["first-segment"]]
    )
    challenges: tuple[ChallengeRef, ...] = Field((), description="Ids of the challenges it helps with.", examples=[["slow-permits"]])
    actions: tuple[ActionRef, ...] = Field((), description="Ids of the commitments it delivers.", examples=[["joint-action"]])
    programme: ProgrammeRef | None = Field(None, description="Id of the programme it belongs to.", examples=["regional-workshops"])
    contact: Url | None = Field(
        None,
        description="The public page on which to ask; never a person's e-mail.",
        examples=["https://www.example.org/ask"],
    )
    cost: Line | None = Field(None, description="What the government pays or contributes.", examples=["Free; staff time only."])
