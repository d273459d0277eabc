"""Source and attribution provenance checker.

``check`` says of a page whether it is a repost, of what, how much was copied, who was first,
whether the source is credited, and how sure it is; the other names are its parts, usable alone.
"""
