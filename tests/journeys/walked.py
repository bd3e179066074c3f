"""`marhaba demo --walk` against a backend that is there already.

Arguments: settings, profile, output, language, code, the backend's data, seconds to drain.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.commands import demo, walk
from app.steps import catalog

# A build without the box: a journey's step that a build lacks is not shown (see conftest).
del catalog.STEPS["box"]

if __name__ == "__main__":
    settings, profile, output, language, code, data, drain_s = sys.argv[1:]
    walked = walk.walk(Path(settings), Path(profile), Path(output), language, code, drain_limit_s=float(drain_s))
    print(walked.problem, flush=True)
    served = demo.Served(Path(data), {"url": "", "journey_key": "", "console_url": ""})
    sys.exit(demo.report(served, Path(output), demo.WHO[language]))
