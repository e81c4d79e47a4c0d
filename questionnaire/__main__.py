"""`python -m questionnaire`: the same as the command `acuscreen`."""

import sys

from questionnaire.cli.main import main

sys.exit(main())
