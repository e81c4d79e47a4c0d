"""Get ready to print while the person still answers, so that nobody waits for it."""

from contextlib import suppress
from threading import Thread

from questionnaire.content import Content
from questionnaire.telling import Settings, to_pdf


def get_ready(content: Content, settings: Settings) -> Thread:
    """Print a report on nobody beside the questions: what it takes is loaded then, and has run.

    Then the first report takes as long as any other. To be joined before that is printed; the end
    of the program does not wait for it.
    """
    thread = Thread(target=_print_nobody, args=(content, settings), daemon=True)
    thread.start()
    return thread


def _print_nobody(content: Content, settings: Settings) -> None:
    from questionnaire.loading import libraries_are_there  # noqa: PLC0415  after a question

    # Where one is missing WeasyPrint says so on the screen; and what fails here fails again, and is
    # told, when the report is made.
    if libraries_are_there():
        with suppress(Exception):
            from questionnaire.quiet import well  # noqa: PLC0415  as above

            to_pdf(content, well(content), settings)
