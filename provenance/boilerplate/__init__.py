"""The pages of one site -> what the site prints on them around its stories.

One page of an invented paper, and what each module finds on it:

    HARBOUR: The ferry is back | The Lantern      headings      an opening and an ending
    Follow Ada Quill on the harbour wire          templates     a short line, alike at both ends
    The ferry left the quay on Monday.            (story)
    Tell us what you saw.                         recurring     the same line on many pages
    It sails until May Read it first in our app   run_together  the same words inside a paragraph
    (Reporting by Ada Quill)                      templates     brackets that begin alike

The words used here:

- A *segment* is a line or a sentence (``segments``). Numbers in it, and the page's own headline,
  count as one word each.
- A *kind* is all segments of one hash. Its *places* are where it stands.
- A *story* is all pages that tell the same one: copies count once.
- *Bare* words stand in nothing that recurs.
- A *template* is a line of which only some words recur. A *phrase* is a row of words that recurs
  without a boundary around it. A *seed* is its first words.

``learn`` is the entry: ``learn_boilerplate`` takes pages, ``find_boilerplate`` and
``remove_boilerplate`` take one page's text and what was learned.
"""
