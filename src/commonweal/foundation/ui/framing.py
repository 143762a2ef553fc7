"""Words of ours around somebody's own: kept in English, said in the language of whoever reads.

``TO_END % {"title": "Rides"}`` is kept as *To be ended: Rides*; a reader of Spanish sees our part in Spanish,
and the title in Spanish too where the catalogs know it.
"""

from django.utils.translation import gettext

from commonweal.kernel.words import N_

TO_END = N_("To be ended: %(title)s")
FRAMES = (TO_END,)
"""Each with one ``%(title)s`` at its end."""


def said(words: str) -> str:
    """Kept words in the reader's language; of framed ones, the frame and what stands in it."""
    known = gettext(words) if words else ""
    if known != words:
        return known
    for frame in FRAMES:
        before = frame.partition("%")[0]
        if words.startswith(before) and words != before:
            return gettext(frame) % {"title": said(words[len(before) :])}
    return known
