"""A challenge: a need that several governments share."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Entry, Section
from .fields import ActionRef, BodyRef, Term


class Challenge(Entry):
    """A shared need, so that practices and help can be found for it."""

    kind: ClassVar[str] = "challenge"
    folder: ClassVar[str] = "challenges"
    offered: ClassVar[bool] = True
    sections: ClassVar[tuple[Section, ...]] = (
        Section("The problem", "What goes wrong, with evidence."),
        Section("Who faces it", "Which governments and which people, and how differently."),
        Section("What makes it hard", "Why the obvious answer is not enough."),
    )

    raised_by: tuple[BodyRef, ...] = Field(
        (),
        description="Ids of the governments, coalitions or organisations that named it.",
        examples=[["clean-alliance"]],
    )
    levels: tuple[Annotated[str, Term("levels")], ...] = Field((), description="Levels of government that face it.", examples=[["national", "city"]])
    segments: tuple[Annotated[str, Term("segments")], ...] = Field(
        (), description="What it is about; leave it out if it is about all.", examples=[["first-segment"]]
    )
    actions: tuple[ActionRef, ...] = Field((), description="Ids of the commitments that answer it.", examples=[["joint-action"]])
