"""One person's answers, what follows from them, and the report, in one Bundle to post."""

import json
from base64 import b64encode
from hashlib import sha1

from questionnaire.conclusion.case import Case
from questionnaire.fhir.findings import resources_of, subject_of
from questionnaire.fhir.names import Resource, full_url, name, word
from questionnaire.fhir.response import Circumstances, response


def bundle(case: Case, pdf: bytes, circumstances: Circumstances, now: str) -> Resource:
    """A transaction that creates all of it, or nothing; `now` is the time of the Bundle."""
    answers = response(case, circumstances)
    mark = json.dumps(answers)
    address = full_url(mark)
    found = [
        *resources_of(case, circumstances, address),
        document(pdf, circumstances, now, address),
    ]
    entries = [
        (address, answers),
        *((full_url(mark, str(at)), each) for at, each in enumerate(found)),
    ]
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "timestamp": now,
        "entry": [_entry(*each) for each in entries],
    }


def document(pdf: bytes, circumstances: Circumstances, now: str, answers: str) -> Resource:
    """The report; its hash is the SHA-1 that FHIR asks for, against accidents alone."""
    report = {
        "contentType": "application/pdf",
        "language": name("language"),
        "data": b64encode(pdf).decode(),
        "size": len(pdf),
        "hash": b64encode(sha1(pdf, usedforsecurity=False).digest()).decode(),
        "title": word("report"),
    }
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "type": {"text": word("report")},
        "subject": subject_of(circumstances),
        "date": now,
        "description": word("report"),
        "content": [{"attachment": report}],
        "context": {"related": [{"reference": answers}]},
    }


def _entry(address: str, resource: Resource) -> Resource:
    request = {"method": "POST", "url": resource["resourceType"]}
    return {"fullUrl": address, "resource": resource, "request": request}
