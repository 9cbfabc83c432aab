"""What kind of file system a folder lies on: SQLite's write-ahead log needs memory that all writers share, and machines share none."""

import os
import sys
from pathlib import Path

MOUNTS = "/proc/self/mountinfo"
"""Where Linux says what is mounted where (proc(5)). Elsewhere nothing is known, and nothing said."""
NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs afs ncpfs ceph glusterfs lustre gpfs beegfs 9p davfs fuse.sshfs fuse.rclone fuse.davfs2".split()
)
"""Types of file systems that other machines may write to."""


def network(path: Path, mounts: str = MOUNTS) -> str | None:
    """The type of the network file system that `path` lies on; None on any other, or where it cannot be told."""
    if mounts == MOUNTS and not sys.platform.startswith("linux"):
        return None
    here = os.path.realpath(path)
    found: tuple[int, str] = (-1, "")
    try:
        with open(mounts, encoding="utf-8", errors="surrogateescape") as file:
            for line in file:
                before, _, after = line.partition(" - ")
                parts, kind = before.split(" "), after.split(" ", 1)[0]
                point = parts[4].replace("\\040", " ") if len(parts) > 4 else ""
                if point and (here == point or here.startswith(point.rstrip("/") + "/")) and len(point) >= found[0]:
                    found = len(point), kind
    except OSError:
        return None
    return found[1] if found[1] in NETWORK else None
