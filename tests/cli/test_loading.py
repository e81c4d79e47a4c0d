"""What the command loads, and what it leaves until it is needed."""

import subprocess
import sys


def test_nothing_that_reads_or_draws_codes_is_loaded_before_it_is_needed():
    libraries = {"segno", "pikepdf", "zxingcpp", "PIL", "weasyprint"}
    program = f"import sys, questionnaire.cli.main; print({libraries} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"set()"]
