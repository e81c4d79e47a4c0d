"""Who may go where.  What is not in this table is for nobody.

Besides the roles of staff there are `half`, whose password was right and whose one-time code is
still to come, `tablet` and `phone`, who are people who answer, and `nobody`, who is not signed
in.
"""

from collections.abc import Mapping

NOBODY, HALF, TABLET, PHONE = "nobody", "half", "tablet", "phone"
DESK, PRACTITIONER, ADMINISTRATOR = "desk", "practitioner", "administrator"

READ, SEND = "read", "send"
"""What an administrator lets a program do; a program may have both."""

_PROGRAMS = frozenset({READ, SEND})
_READ, _SEND = frozenset({READ}), frozenset({SEND})
_STAFF = frozenset({DESK, PRACTITIONER, ADMINISTRATOR})
_INTAKES = frozenset({DESK, PRACTITIONER})
_PRACTITIONER = frozenset({PRACTITIONER})
_ADMINISTRATOR = frozenset({ADMINISTRATOR})
_ANSWERING = frozenset({TABLET, PHONE})
_EVERYBODY = frozenset({NOBODY, HALF}) | _STAFF | _ANSWERING
_STRANGERS = _EVERYBODY - {TABLET}  # which shows nothing but the questions of its intake

RIGHTS: Mapping[str, frozenset[str]] = {
    "static": _EVERYBODY,
    "health": _EVERYBODY,
    "desk:sign_in": _EVERYBODY,
    "desk:locked": _EVERYBODY,
    "desk:invited": _EVERYBODY,
    "desk:open": _EVERYBODY,
    "desk:code": frozenset({HALF}),
    "desk:authenticator": frozenset({HALF}) | _STAFF,
    "desk:sign_out": frozenset({HALF}) | _STAFF,
    "desk:password": _STAFF,
    "desk:start": _STAFF,
    "desk:queue": _INTAKES,
    "desk:rows": _INTAKES,
    "desk:search": _INTAKES,
    "desk:new": _INTAKES,
    "desk:brought": _INTAKES,
    "desk:intake": _INTAKES,
    "desk:revision": _INTAKES,
    "desk:hand_over": _INTAKES,
    "desk:invite": _INTAKES,
    "desk:rename": _INTAKES,
    "desk:paper": _INTAKES,
    "desk:yesterday": _PRACTITIONER,
    "desk:report": _PRACTITIONER,
    "desk:why": _PRACTITIONER,
    "desk:answers": _PRACTITIONER,
    "desk:export": _PRACTITIONER,
    "desk:correct": _PRACTITIONER,
    "desk:seen": _PRACTITIONER,
    "desk:delete": _PRACTITIONER,
    "desk:week": _STAFF,
    "desk:users": _ADMINISTRATOR,
    "desk:user": _ADMINISTRATOR,
    "desk:settings": _ADMINISTRATOR,
    "desk:open_website": _ADMINISTRATOR,
    "desk:log": _ADMINISTRATOR,
    "desk:programs": _ADMINISTRATOR,
    "desk:program": _ADMINISTRATOR,
    "fhir:metadata": _PROGRAMS,
    "fhir:questionnaires": _PROGRAMS,
    "fhir:questionnaire": _PROGRAMS,
    "fhir:send": _SEND,
    "fhir:response": _READ,
    "fhir:bundle": _READ,
    "fhir:document": _READ,
    "fill:start": _INTAKES,
    "fill:leave": _INTAKES,
    "fill:question": _INTAKES,
    "fill:emergency": _INTAKES,
    "fill:review": _INTAKES,
    "fill:result": _INTAKES,
    "visit:start": _ANSWERING,
    "visit:leave": _ANSWERING,
    "visit:question": _ANSWERING,
    "visit:emergency": _ANSWERING,
    "visit:review": _ANSWERING,
    "visit:result": _ANSWERING,
    "open:start": _STRANGERS,
    "open:bring": _STRANGERS,
    "open:leave": _STRANGERS,
    "open:erased": _STRANGERS,
    "open:question": _STRANGERS,
    "open:emergency": _STRANGERS,
    "open:review": _STRANGERS,
    "open:result": _STRANGERS,
    "open:report": _STRANGERS,
    "open:pdf": _STRANGERS,
    "open:draft": _STRANGERS,
    "open:answers": _STRANGERS,
    "open:result_json": _STRANGERS,
    "open:code": _STRANGERS,
    "open:send": _STRANGERS,
    "open:sent": _STRANGERS,
}

TODAY_ONLY = frozenset({DESK})
"""Roles that see the intakes of today alone."""
