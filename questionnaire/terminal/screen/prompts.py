"""Lists and lines on a screen.  The only module that knows questionary.

What questionary 2.1 does not do is done here: it cuts long choices off at the edge (they are
wrapped, and wrapped anew when the window changes), it has no way back (keys and a visible row),
Enter takes the first choice before anyone has looked (the pointer starts on a row that is no
answer), one key ticks everything (switched off), Ctrl-D is lost in lists (it leaves), `ask()`
hides Ctrl-C (`unsafe_ask` does not).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from questionnaire.system.quick_import import quick_questionary

with quick_questionary():
    import questionary

from prompt_toolkit.application import application, get_app_or_none
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, defaults, merge_key_bindings
from prompt_toolkit.layout import ConditionalMargin, ScrollbarMargin, ScrollOffsets, Window
from questionary.constants import INDICATOR_UNSELECTED
from questionary.prompts.common import InquirerControl

from questionnaire.terminal.screen.rows import (
    BOX,
    Head,
    Row,
    Value,
    Way,
    in_room,
    indented,
    room,
    titled,
)

# Of every question they are made three times, and most are vi's, whose keys no question has.
vars(defaults).update(load_vi_bindings=KeyBindings, load_vi_search_bindings=KeyBindings)
vars(application).update(load_key_bindings=cache(defaults.load_key_bindings))

_STYLE = questionary.Style(
    [
        ("qmark", "noinherit"),
        ("question", "bold"),
        ("answer", "noinherit"),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", "bold"),
        ("validation-toolbar", "bold reverse"),
    ]
)


Verdict = Callable[[Sequence[str]], str]
"""What is wrong with what was ticked or typed; empty when nothing is."""


@dataclass(frozen=True)
class _Narrowed:
    """The window has another width now: where the pointer was, what was ticked or typed."""

    pointed: Value | None = None
    said: tuple[str, ...] = ()


def select(head: Head, rows: Sequence[Row], start: Value, not_moved: str) -> Value:
    """The row chosen; the pointer begins at `start`, and START is no choice but an error."""
    while isinstance(chosen := _select(head, rows, start, not_moved), _Narrowed):
        start = cast("Value", chosen.pointed)
    return chosen


def tick(head: Head, rows: Sequence[Row], verdict: Verdict) -> tuple[str, ...] | Way:
    """The rows ticked, once the verdict finds nothing wrong with them; or the way out chosen."""
    pointed: Value | None = None
    while isinstance(ticked := _tick(head, rows, pointed, verdict), _Narrowed):
        rows = [replace(row, ticked=row.value in ticked.said) for row in rows]
        pointed = ticked.pointed
    return ticked


def line(head: Head, default: str, verdict: Verdict) -> str | Way:
    """A line of text, once the verdict finds nothing wrong with it; or BACK."""
    while isinstance(typed := _line(head, default, verdict), _Narrowed):
        (default,) = typed.said
    return typed


def draw_anew() -> None:
    """Take the keyboard again and draw what is asked, after the program was stopped for a while."""
    app = get_app_or_none()
    if app is None or not app.is_running:
        return
    # Its own way out gives back what it found at first, however often it is entered since.
    app.input.raw_mode().__enter__()
    app.output.enable_bracketed_paste()
    app.renderer.reset()
    app.invalidate()


def _select(head: Head, rows: Sequence[Row], start: Value, not_moved: str) -> Value | _Narrowed:
    prompt = questionary.select(
        choices=_choices(rows),
        default=cast("Any", start),
        use_indicator=False,
        use_jk_keys=False,
        **_dressed(head),
    )
    control = _control(prompt)

    def enter(event: KeyPressEvent) -> None:
        if control.get_pointed_at().value is Way.START:
            _show_error(control, not_moved)
        else:
            event.app.exit(result=control.get_pointed_at().value)

    return cast("Value | _Narrowed", _run(prompt, rows, {"enter": enter}))


def _tick(
    head: Head, rows: Sequence[Row], pointed: Value | None, verdict: Verdict
) -> tuple[str, ...] | Way | _Narrowed:
    choices = _choices(rows, box=BOX)
    start = next((each for each in choices if each.value == pointed), None)
    prompt = questionary.checkbox(
        choices=choices, initial_choice=start, use_jk_keys=False, **_dressed(head)
    )
    control = _control(prompt)
    _take_boxes_from_ways_out(control)

    def enter(event: KeyPressEvent) -> None:
        pointed = control.get_pointed_at().value
        if isinstance(pointed, Way):
            event.app.exit(result=pointed)
        elif wrong := verdict(control.selected_options):
            _show_error(control, wrong)
        else:
            event.app.exit(result=tuple(control.selected_options))

    def space(event: KeyPressEvent) -> None:
        pointed = control.get_pointed_at().value
        control.error_message = None
        if isinstance(pointed, Way):
            event.app.exit(result=pointed)
        elif pointed in control.selected_options:
            control.selected_options.remove(pointed)
        else:
            control.selected_options.append(pointed)

    keys = {"enter": enter, " ": space, "a": _nothing, "i": _nothing}
    return cast("tuple[str, ...] | Way | _Narrowed", _run(prompt, rows, keys))


def _line(head: Head, default: str, verdict: Verdict) -> str | Way | _Narrowed:
    prompt = questionary.text(
        default=default,
        validate=lambda text: in_room(verdict([text])) or True,
        validate_while_typing=False,
        **_dressed(head),
    )
    _bind(prompt, {"c-b": _leaving_with(Way.BACK)})
    buffer = prompt.application.current_buffer
    _leave_when_narrowed(prompt, lambda: _Narrowed(said=(buffer.text,)))
    return cast("str | Way | _Narrowed", prompt.unsafe_ask())


def _choices(rows: Sequence[Row], box: int = 0) -> list[questionary.Choice]:
    return [
        questionary.Choice(
            titled(row, 0 if isinstance(row.value, Way) else box),
            value=row.value,
            checked=row.ticked,
        )
        for row in rows
    ]


def _dressed(head: Head) -> dict[str, Any]:
    """The head, each part in the place where questionary gives it a style of its own."""
    return {
        "qmark": f"{indented(head.place)}\n" if head.place else "",
        "message": indented(head.ask).strip(),
        "instruction": f"\n{indented(head.hint)}\n" if head.hint else "\n",
        "style": _STYLE,
        "erase_when_done": True,
    }


def _control(prompt: questionary.Question) -> InquirerControl:
    controls = prompt.application.layout.find_all_controls()
    return next(control for control in controls if isinstance(control, InquirerControl))


def _show_error(control: InquirerControl, text: str) -> None:
    error = FormattedText([("class:validation-toolbar", in_room(text))])
    control.error_message = cast("Any", error)  # questionary's own types forget that it may be one


def _take_boxes_from_ways_out(control: InquirerControl) -> None:
    """Only an answer has a box to tick; "Go back" has none."""
    with_boxes = cast("Callable[[], list[tuple[str, str]]]", control.text)
    ways_out = {row.title for row in control.choices if isinstance(row.value, Way)}

    def tokens() -> list[tuple[str, str]]:
        drawn = with_boxes()
        following = [text for _, text in drawn[1:]] + [""]
        return [
            token
            for token, title in zip(drawn, following, strict=True)
            if not (title in ways_out and token[1].strip() == INDICATOR_UNSELECTED)
        ]

    control.text = cast("Any", tokens)


def _run(
    prompt: questionary.Question,
    rows: Sequence[Row],
    keys: Mapping[str, Callable[[KeyPressEvent], None]],
) -> object:
    """Run a list with our keys over questionary's: the way back, the way out, and these."""
    going_back: Mapping[str, Callable[[KeyPressEvent], None]] = {}
    if any(row.value is Way.BACK for row in rows):
        going_back = dict.fromkeys(("c-b", "left"), _leaving_with(Way.BACK))
    _bind(prompt, {**keys, **going_back, "c-d": lambda event: event.app.exit(exception=EOFError())})
    control = _control(prompt)
    _leave_when_narrowed(
        prompt,
        lambda: _Narrowed(control.get_pointed_at().value, tuple(control.selected_options)),
    )
    for window in prompt.application.layout.find_all_windows():
        if isinstance(window.content, InquirerControl):
            _show_where_in_the_list(window)
    return prompt.unsafe_ask()


def _bind(
    prompt: questionary.Question, keys: Mapping[str, Callable[[KeyPressEvent], None]]
) -> None:
    bindings = KeyBindings()
    for key, act in keys.items():
        bindings.add(key, eager=True)(act)
    theirs = prompt.application.key_bindings or KeyBindings()
    prompt.application.key_bindings = merge_key_bindings([theirs, bindings])


def _leave_when_narrowed(prompt: questionary.Question, seen: Callable[[], _Narrowed]) -> None:
    """End the prompt when the window gets another width, to be shown anew: no word is ever cut."""
    app, before = prompt.application, room()

    def look(_: object) -> None:
        if room() != before and not app.is_done:
            app.exit(result=seen())

    app.before_render += look


def _leaving_with(way: Way) -> Callable[[KeyPressEvent], None]:
    return lambda event: event.app.exit(result=way)


def _nothing(event: KeyPressEvent) -> None:
    """Stand in for a key that would tick every answer at once."""


def _show_where_in_the_list(window: Window) -> None:
    """A list longer than the screen shows a bar, and its rows whole, not one line of them."""

    def longer() -> bool:
        info = window.render_info
        return info is not None and info.content_height > info.window_height

    window.scroll_offsets = ScrollOffsets(top=1, bottom=4)
    bar = ScrollbarMargin(display_arrows=True)
    window.right_margins = [ConditionalMargin(bar, Condition(longer))]
