"""A report in each of its forms, and what the forms share."""
