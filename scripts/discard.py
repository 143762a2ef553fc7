"""Stop and delete the embedded databases below a folder, wherever their data lies.

python scripts/discard.py .home
"""

import sys
from pathlib import Path

from commonweal.foundation.database import launcher

for place in sorted(Path(sys.argv[1]).rglob("place.json")):
    launcher.discard(place.parent)
