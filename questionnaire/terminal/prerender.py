"""Print while the person still answers, so that nobody waits for it.  Nothing is written."""

from contextlib import suppress
from datetime import date
from threading import Thread

from questionnaire.conclusion.case import Case, case_of
from questionnaire.content.content import Content
from questionnaire.interview.flow import Record, Said
from questionnaire.report.settings import Settings
from questionnaire.system.quick_import import libraries_are_there


class Ahead:
    """What is printed beside the questions, one report after the other.

    The end of the program waits for none. What fails here fails again, and is told, when the report
    is asked for.
    """

    def __init__(self, content: Content, settings: Settings, given: date | None = None) -> None:
        self._content, self._settings, self._given = content, settings, given
        self._wanted: Said | None = None
        self._printed: tuple[Record, bytes] | None = None
        self._thread: Thread | None = None

    def begin(self, said: Said | None) -> None:
        """Print the report on these answers next; others may still come, and put it off for good.

        Without answers it is one on nobody: then what it takes is loaded, and has run.
        """
        self._wanted = said
        self._thread = Thread(target=self._print, args=(said, self._thread), daemon=True)
        self._thread.start()

    def report(self, case: Case) -> bytes:
        """The report on this case, waited for; empty when it was not begun, or failed."""
        if self._thread is not None:
            self._thread.join()
        printed = self._printed
        return printed[1] if printed and printed[0] == case.record else b""

    def _print(self, said: Said | None, before: Thread | None) -> None:
        # What comes after the first question is loaded after it.
        from questionnaire.report import documents  # noqa: PLC0415

        if before is not None:
            before.join()
        if libraries_are_there():  # else WeasyPrint would say so on the screen
            with suppress(Exception):
                if self._wanted is not said:  # somebody waits for another
                    return
                if said is not None:
                    case = case_of(self._content, said, self._given)
                    self._printed = case.record, documents.to_pdf(case, self._settings)
                    return
                for _ in documents.rehearse(self._content, self._settings):
                    if self._wanted is not None:
                        return
