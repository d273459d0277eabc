"""Where verbs meet the world; each job reads as its own table of contents."""
