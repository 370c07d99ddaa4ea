"""A store with an invented report, and one whose words are hostile, behind the site."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
