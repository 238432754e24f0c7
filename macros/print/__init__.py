"""Any selection of entries as paper: booklet, guide and cards, set by Typst from plain data."""
