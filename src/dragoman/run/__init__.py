"""Running the stages over a stream: `pipeline` is the one function, `pool` spreads it over processes, `inputs` reads before it."""

from .inputs import Job, intakes, key
from .pipeline import Pipeline
from .pool import code_all, take_in

__all__ = ["Job", "Pipeline", "code_all", "intakes", "key", "take_in"]
