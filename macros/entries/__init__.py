"""The eleven kinds of entry, one module a kind.

`KINDS` is the only list of them: folders, addresses, schemas and the field reference follow from it.
"""

from .action import Action
from .base import Entry
from .bundle import Bundle
from .case_study import CaseStudy
from .challenge import Challenge
from .coalition import Coalition
from .government import Government
from .organisation import Organisation
from .practice import Practice
from .programme import Programme
from .technical_assistance import TechnicalAssistance
from .topic import Topic

KINDS: dict[str, type[Entry]] = {
    model.kind: model
    for model in (
        Practice,
        CaseStudy,
        TechnicalAssistance,
        Challenge,
        Action,
        Coalition,
        Organisation,
        Government,
        Topic,
        Programme,
        Bundle,
    )
}
FOLDERS: dict[str, type[Entry]] = {model.folder: model for model in KINDS.values()}
# The kinds that outsiders are asked to add, in the order in which every form offers them.
OFFERED: tuple[str, ...] = tuple(kind for kind, model in KINDS.items() if model.offered)

__all__ = ["FOLDERS", "KINDS", "OFFERED", "Entry"]
