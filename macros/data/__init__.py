"""Open data behind figures and maps: tables with a description of each, read and checked like entries."""

from .description import Description, Progress
from .reading import Data, Dataset, read_data

__all__ = ["Data", "Dataset", "Description", "Progress", "read_data"]
