"""Where the source may be: leads from the page, queries from its text, candidates from leads."""

from provenance.locate.candidates import candidates
from provenance.locate.leads import leads
from provenance.locate.queries import queries
from provenance.locate.ranking import Hints, published_at, ranked
from provenance.locate.site_search import site_queries, sites

__all__ = [
    "Hints",
    "candidates",
    "leads",
    "published_at",
    "queries",
    "ranked",
    "site_queries",
    "sites",
]
