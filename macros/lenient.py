"""Models for entries with mistakes: the same fields, none of which must be given.

So the rules can look at what holds in an entry, and someone sees at once all that is wrong with it.
"""

import copyreg
from functools import cache
from typing import Annotated, Any

from pydantic import create_model

from .entries import Entry


@cache
def lenient(model: type[Entry]) -> type[Entry]:
    """A model with the same fields, none of which must be given."""
    required = {name: field for name, field in model.model_fields.items() if field.is_required()}
    options: dict[str, Any] = {
        name: (Annotated[(field.annotation, *field.metadata)] | None if field.metadata else field.annotation | None, None)  # type: ignore[operator]
        for name, field in required.items()
    }
    made = create_model(model.__name__, __base__=model, **options)
    # No module has the class under its name, so another process makes it anew of the model.
    copyreg.pickle(made, lambda entry: (_blank, (model,), entry.__getstate__()))
    return made


def _blank(model: type[Entry]) -> Any:
    """An entry without any field, for what was pickled."""
    made = lenient(model)
    return made.__new__(made)
