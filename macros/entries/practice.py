"""A practice: an approach that others can take over, backed by cases."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Entry, Section
from .fields import ActionRef, ChallengeRef, Term


class Practice(Entry):
    """A transferable approach, not one government's law."""

    kind: ClassVar[str] = "practice"
    folder: ClassVar[str] = "practices"
    offered: ClassVar[bool] = True
    review_months: ClassVar[int] = 18
    sections: ClassVar[tuple[Section, ...]] = (
        Section("The challenge", "Which problem this solves, and for whom."),
        Section("What to do", "The steps, in order, so that someone else can begin.", steps=True),
        Section("What it takes", "Legal power, money, people and time.", card=True),
        Section("What happened", "Results where it was tried, with figures and sources."),
        Section("What did not work", "What failed or was changed, and why.", card=True),
        Section("Adapting it", "Where it would not fit, and what to change elsewhere."),
        Section("Questions for discussion", "A list of questions; begin each with the role it is for, in bold.", card=True),
    )

    evidence: Annotated[str, Term("evidence")] = Field(description="How sure we are that it works.", examples=["several-cases"])
    instruments: tuple[Annotated[str, Term("instruments")], ...] = Field(
        min_length=1, description="The kinds of measure it uses.", examples=[["mandate", "grant"]]
    )
    levels: tuple[Annotated[str, Term("levels")], ...] = Field(
        min_length=1, description="The levels of government that can do it.", examples=[["national"]]
    )
    segments: tuple[Annotated[str, Term("segments")], ...] = Field(
        (), description="What it applies to; leave it out if it applies to all.", examples=[["first-segment"]]
    )
    challenges: tuple[ChallengeRef, ...] = Field((), description="Ids of the challenges it answers.", examples=[["slow-permits"]])
    actions: tuple[ActionRef, ...] = Field((), description="Ids of the commitments it serves.", examples=[["joint-action"]])
