"""Evidence to Verdict."""
