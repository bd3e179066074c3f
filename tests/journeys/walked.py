"""`marhaba demo --walk` against a backend that is there already.

Arguments: settings, profile, output, language, code, the backend's data, seconds to drain.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.commands import demo, walk
from tests.journeys.plain import only_plain_steps

only_plain_steps()

if __name__ == "__main__":
    settings, profile, output, language, code, data, drain_s = sys.argv[1:]
    walked = walk.walk(Path(settings), Path(profile), Path(output), language, code, drain_limit_s=float(drain_s))
    print(walked.problem, flush=True)
    served = demo.Served(Path(data), {"url": "", "journey_key": "", "console_url": ""})
    sys.exit(demo.report(served, Path(output), demo.WHO[language]))
