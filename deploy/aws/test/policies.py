# Reads [{name, policy}] as JSON, and prints what parliament finds in each policy.
import json
import sys

from parliament import analyze_policy_string, enhance_finding

findings = []
for one in json.load(sys.stdin):
    analyzed = analyze_policy_string(json.dumps(one["policy"]))
    for finding in analyzed.findings:
        enhanced = enhance_finding(finding)
        findings.append(
            {
                "name": one["name"],
                "issue": enhanced.issue,
                "severity": enhanced.severity,
                "detail": str(enhanced.detail),
            }
        )
json.dump(findings, sys.stdout)
