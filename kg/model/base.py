"""What every record is."""

from pydantic import BaseModel, ConfigDict

#: Findings with less confidence look different wherever they are shown.
DOUBTFUL_BELOW = 0.5


class Record(BaseModel):
    """A frozen value; unknown fields are ignored, so that annotated files with more fields can be read."""

    model_config = ConfigDict(frozen=True, extra="ignore")
