"""Where the source may be: leads from the page, queries from its text, candidates from leads."""

from provenance.locate.candidates import candidates
from provenance.locate.leads import leads
from provenance.locate.queries import queries

__all__ = ["candidates", "leads", "queries"]
