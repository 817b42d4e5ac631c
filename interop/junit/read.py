"""Reads a JUnit file with junitparser, as build servers' tools do, and prints what it understood as JSON."""
import json
import sys

from junitparser import Failure, JUnitXml, Skipped, TestSuite

xml = JUnitXml.fromfile(sys.argv[1])
suites = [xml] if isinstance(xml, TestSuite) else list(xml)
print(
    json.dumps(
        {
            "tests": xml.tests,
            "failures": xml.failures,
            "skipped": xml.skipped,
            "cases": [
                {
                    "suite": suite.name,
                    "name": case.name,
                    "classname": case.classname,
                    "failures": [
                        {"type": one.type, "message": one.message, "text": one.text}
                        for one in case.result
                        if isinstance(one, Failure)
                    ],
                    "skipped": any(isinstance(one, Skipped) for one in case.result),
                }
                for suite in suites
                for case in suite
            ],
        }
    )
)
