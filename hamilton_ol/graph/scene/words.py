"""Words that a scene may use. Arrays hold a word's place in its tuple."""

#: What a node is. Each has its own shape and icon.
KINDS = (
    *("function", "input", "config", "source", "saver"),
    *("artifact", "validator", "column", "unknown"),
)
KIND = {name: number for number, name in enumerate(KINDS)}

#: What a node or an edge has to do with the question; names of colours. The first is: nothing.
#: Where edges run together the last one is seen, so what is gone comes before what is there.
TONES = (
    *("", "diff.removed", "accent", "upstream", "downstream", "path", "pii", "barrier"),
    *("status.failed", "diff.added", "diff.changed", "diff.rewired"),
)
TONE = {name: number for number, name in enumerate(TONES)}

#: What a card is filled with; the first is: as usual.
FILLS = (
    *("", "selection", "hover", "pii_soft", "status.failed_soft"),
    *("diff.added_soft", "diff.removed_soft", "diff.changed_soft", "diff.rewired_soft"),
    "diff.impact",
)
FILL = {name: number for number, name in enumerate(FILLS)}

#: How a node's execution ended; the first is: not known.
STATUSES = ("", "ok", "failed", "running", "skipped", "died")
STATUS = {name: number for number, name in enumerate(STATUSES)}

#: What became of a node between two versions; the first is: nothing.
MARKS = ("", "added", "removed", "changed", "rewired")
MARK = {name: number for number, name in enumerate(MARKS)}

#: Owners, modules and the like have one of so many colours; all others share one more.
CATEGORIES = 8
#: The category of the first kind: those from here on have the colours of KINDS.
FIRST_KIND = CATEGORIES + 1
