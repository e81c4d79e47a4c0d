"""What FHIR R4 says of questionnaires and their responses, written from its text alone.

Nothing here knows the program: it reads resources as JSON, and would judge anybody's.
"""

import re
from collections import Counter

COMPARED = {
    "=": lambda given, wanted: any(each == wanted for each in given),
    "!=": lambda given, wanted: not any(each == wanted for each in given),
    ">": lambda given, wanted: any(each > wanted for each in given),
    "<": lambda given, wanted: any(each < wanted for each in given),
    ">=": lambda given, wanted: any(each >= wanted for each in given),
    "<=": lambda given, wanted: any(each <= wanted for each in given),
    "exists": lambda given, wanted: bool(given) == wanted,
}
TEXTS = {"boolean", "decimal", "integer", "string", "text", "url"}
TEXTS_AND_OPEN = TEXTS | {"open-choice"}


def each_item(items, above=()):
    """Every item, with all items around it."""
    for item in items:
        yield item, above
        yield from each_item(item.get("item", ()), (*above, item))


def value_in(element, kind):
    """The value of `answer[x]` or `value[x]`; a coding as its system and code, which decide."""
    for key, value in element.items():
        if key.startswith(kind):
            return (value.get("system"), value.get("code")) if isinstance(value, dict) else value
    return None


class Form:
    """A Questionnaire, ready to be asked which of its items are enabled."""

    def __init__(self, questionnaire):
        self.above = {
            item["linkId"]: [each["linkId"] for each in (*above, item)]
            for item, above in each_item(questionnaire["item"])
        }
        self.tests = {
            item["linkId"]: (
                item.get("enableBehavior", "all") == "all",
                [
                    (each["question"], COMPARED[each["operator"]], value_in(each, "answer"))
                    for each in item["enableWhen"]
                ],
            )
            for item, _ in each_item(questionnaire["item"])
            if item.get("enableWhen")
        }

    def enabled(self, answers):
        """The linkIds that are enabled, when these answers (lists of values) were given.

        An item within one that is disabled is disabled; what is disabled has no answer.
        """
        return self.enabled_of(self.above, answers)

    def enabled_of(self, links, answers):
        """Those of these that are enabled."""
        known = {}
        return {link for link in links if self._is_enabled(link, answers, known)}

    def _is_enabled(self, link, answers, known):
        return all(self._passes(each, answers, known) for each in self.above[link])

    def _passes(self, link, answers, known):
        if link not in self.tests:
            return True
        if link not in known:
            every, tests = self.tests[link]
            passed = (
                compare(self._given(question, answers, known), wanted)
                for question, compare, wanted in tests
            )
            known[link] = all(passed) if every else any(passed)
        return known[link]

    def _given(self, question, answers, known):
        if not answers.get(question) or not self._is_enabled(question, answers, known):
            return ()
        return answers[question]


def broken(questionnaire):
    """The invariants of Questionnaire, by name, that do not hold."""
    found = {name for item, _ in each_item(questionnaire["item"]) for name in _broken(item)}
    links = Counter(item["linkId"] for item, _ in each_item(questionnaire["item"]))
    if any(count > 1 for count in links.values()):
        found.add("que-2")
    if not re.fullmatch(r"[A-Z][A-Za-z0-9_]{0,254}", questionnaire.get("name", "A")):
        found.add("que-0")
    return found


def _broken(item):
    kind, initial = item["type"], item.get("initial", [])
    whens = item.get("enableWhen", [])
    return {
        name
        for name, holds in {
            "que-1": (kind != "group" or item.get("item"))
            and (kind != "display" or not item.get("item")),
            "que-3": kind != "display" or not item.get("code"),
            "que-4": not (item.get("answerOption") and item.get("answerValueSet")),
            "que-5": kind in {"choice", "open-choice"} or not item.get("answerValueSet"),
            "que-6": kind != "display" or not {"required", "repeats"} & item.keys(),
            "que-7": all("answerBoolean" in w for w in whens if w["operator"] == "exists"),
            "que-8": kind not in {"group", "display"} or not initial,
            "que-9": kind != "display" or "readOnly" not in item,
            "que-10": kind in TEXTS_AND_OPEN or "maxLength" not in item,
            "que-11": not (item.get("answerOption") and initial),
            "que-12": len(whens) <= 1 or "enableBehavior" in item,
            "que-13": item.get("repeats") or len(initial) <= 1,
        }.items()
        if not holds
    }


def broken_response(response):
    """qrs-1: items stand within an item or within its answers, and never in both."""
    return {
        "qrs-1"
        for item, _ in each_item(response.get("item", ()))
        if item.get("item") and any(each.get("item") for each in item.get("answer", ()))
    }


def misplaced(response, questionnaire):
    """The items of a response that are not where the questionnaire has them, or not enabled."""
    form = Form(questionnaire)
    items = [*each_item(response.get("item", ()))]
    answers = {
        item["linkId"]: [value_in(each, "value") for each in item.get("answer", ())]
        for item, _ in items
    }
    enabled = form.enabled(answers)
    return [
        item["linkId"]
        for item, above in items
        if item["linkId"] not in enabled
        or form.above[item["linkId"]] != [each["linkId"] for each in (*above, item)]
    ]


def unanswered(response, questionnaire):
    """The items that must be answered in a response that says it is completed, and are not."""
    form = Form(questionnaire)
    answers = {
        item["linkId"]: [value_in(each, "value") for each in item.get("answer", ())]
        for item, _ in each_item(response.get("item", ()))
    }
    enabled = form.enabled(answers)
    return [
        item["linkId"]
        for item, _ in each_item(questionnaire["item"])
        if item.get("required") and item["linkId"] in enabled and not answers.get(item["linkId"])
    ]
