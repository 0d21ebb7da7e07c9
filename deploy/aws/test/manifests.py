# Reads [{name, manifest}] as JSON, and prints what kubernetes-validate finds in each.
import json
import sys

import kubernetes_validate

VERSION = "1.36"

errors = []
for one in json.load(sys.stdin):
    try:
        kubernetes_validate.validate(one["manifest"], VERSION, strict=True)
    except Exception as error:  # every kind of it is a finding
        errors.append({"name": one["name"], "error": f"{type(error).__name__}: {error}"[:500]})
json.dump(errors, sys.stdout)
