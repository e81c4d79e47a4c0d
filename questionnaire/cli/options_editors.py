"""What may be typed behind the commands for those who edit, compare and review the content."""

from questionnaire.cli.options import (
    Parser,
    add_content,
    add_examples,
    add_force,
    add_output,
    add_paper,
    describe,
)


def add_workbook(parser: Parser) -> None:
    """The content to sign off."""
    about = (
        "Write out every rule and every question, with example people, for a clinician to sign off."
    )
    describe(parser, about, "acuscreen workbook -o workbook.pdf")
    parser.set_defaults(command="workbook")
    add_output(parser, "the workbook; a PDF, or a table where the name ends in .csv")
    add_content(parser)
    add_force(parser)
    add_paper(parser)


def add_check(parser: Parser) -> None:
    """What is wrong with the content."""
    about = (
        "Check the content: its names, its words, and, by proof, what follows in every possible "
        "interview."
    )
    describe(parser, about, "acuscreen check --examples examples")
    parser.set_defaults(command="check")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    add_content(parser)
    add_examples(parser)
    add_force(parser)


def add_compare(parser: Parser) -> None:
    """What another content concludes."""
    about = "Tell who gets another result from the content in NEW than from that in OLD."
    describe(parser, about, "acuscreen compare 2026.1 edited-content")
    parser.set_defaults(command="compare")
    parser.add_argument(
        "old", metavar="OLD", help="the content before: a folder, or a released version"
    )
    parser.add_argument("new", metavar="NEW", help="the content after: the same")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    add_examples(parser)
    add_force(parser)
