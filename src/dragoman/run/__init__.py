"""Running the stages over a stream: `pipeline` is the one function, `pool` spreads it over processes."""

from .pipeline import Pipeline
from .pool import code_all

__all__ = ["Pipeline", "code_all"]
