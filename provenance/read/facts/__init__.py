"""What a page says of itself: title, byline, dates, names, language, state."""
