"""The tests mirror the package; builders and fakes are imported from here."""
