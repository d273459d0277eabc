"""Words, formats of dates, links and file names that every form of output shares."""
