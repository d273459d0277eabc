"""Signals to Queries, Leads to Candidates."""
