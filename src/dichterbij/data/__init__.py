"""The packaged data and its reading: reference sets, rules, schemes, demo data. Nothing here knows a business word."""

from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import yaml

ROOT = Path(str(resources.files(__name__)))
REFERENCE = ROOT / "reference"
RULES = ROOT / "rules"
SCHEMES = ROOT / "schemes"  # one folder each, one file per published version
DEMO = ROOT / "demo"


def read_yaml(path: Path) -> Any:
    """What a YAML file holds; `yaml.YAMLError` for a broken one."""
    with path.open(encoding="utf-8") as stream:
        return yaml.safe_load(stream)


def read_table(path: Path) -> pa.Table:
    """A packaged table, CSV or Parquet by its ending. CSV columns are typed by Arrow; empty is null."""
    if path.suffix == ".parquet":
        return pq.read_table(path)
    convert = pa_csv.ConvertOptions(strings_can_be_null=True)
    return pa_csv.read_csv(path, convert_options=convert)


def reference_table(set_name: str, table: str) -> pa.Table:
    """Table `table` (with its ending) of reference set `set_name`; FileNotFoundError when the package lacks it."""
    return read_table(REFERENCE / set_name / table)
