"""Give back its lines to text whose every page is one line, as document-sharing sites have it.

`reflow` is what a reader of files calls; text of any other converter comes back as it is.
"""

from auditgraph.loaders.reflow.whole import reflow

__all__ = ["reflow"]
