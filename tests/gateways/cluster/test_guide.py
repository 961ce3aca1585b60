"""The commands of the guide, as somebody pastes them."""

import re
import subprocess
from pathlib import Path

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "cluster.md"


def test_the_block_that_makes_certificates_leaves_the_session_where_it_was(tmp_path: Path) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    script = f"umask 022\n{blocks[0]}pwd; umask; openssl verify -CAfile certificates/ca.pem certificates/client.pem\n"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [str(tmp_path), "0022", "certificates/client.pem: OK"], done.stderr
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "certificates").iterdir()} == {0}
