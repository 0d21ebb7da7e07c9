import assert from 'node:assert/strict';
import { evaluate } from '@marcbachmann/cel-js';
import type { Manifest } from './helm.ts';

/** The fields of a ValidatingAdmissionPolicy of Kubernetes that ours use. */
interface AdmissionPolicy extends Manifest {
  spec: {
    matchConstraints: {
      resourceRules: {
        apiGroups: string[];
        resources: string[];
        operations: string[];
      }[];
    };
    matchConditions: { name: string; expression: string }[];
    variables: { name: string; expression: string }[];
    validations: {
      expression: string;
      message?: string;
      messageExpression?: string;
    }[];
  };
}

/** What the API server is asked to write. */
export interface Admission {
  /** As the API calls it, such as `applications`. */
  resource: string;
  object: object;
  /** What it replaces; left out for what is new. */
  oldObject?: object;
}

const isPolicy = (manifest: Manifest): manifest is AdmissionPolicy =>
  manifest.kind === 'ValidatingAdmissionPolicy';

/** Why the policies that are bound to deny refuse a write; empty if they allow it. */
export function denials(
  manifests: Manifest[],
  { resource, object, oldObject }: Admission,
): string[] {
  const operation = oldObject ? 'UPDATE' : 'CREATE';
  const request = {
    object,
    oldObject: oldObject ?? null,
    request: { operation },
  };
  return manifests
    .filter(isPolicy)
    .filter(policy => denies(manifests, policy))
    .filter(({ spec }) =>
      spec.matchConstraints.resourceRules.some(
        rule =>
          rule.resources.includes(resource) &&
          rule.operations.includes(operation),
      ),
    )
    .filter(({ spec }) =>
      spec.matchConditions.every(({ expression }) =>
        evaluate(expression, request),
      ),
    )
    .flatMap(({ spec }) => {
      const variables = Object.fromEntries(
        spec.variables.map(({ name, expression }) => [
          name,
          evaluate(expression, request),
        ]),
      );
      const context = { ...request, variables };
      return spec.validations
        .filter(({ expression }) => evaluate(expression, context) !== true)
        .map(({ message, messageExpression }) =>
          messageExpression
            ? String(evaluate(messageExpression, context))
            : message ?? '',
        );
    });
}

/** Without a binding that denies, a policy has no effect. */
function denies(manifests: Manifest[], policy: AdmissionPolicy): boolean {
  return manifests.some(({ kind, spec }) => {
    if (kind !== 'ValidatingAdmissionPolicyBinding') {
      return false;
    }
    assert.ok(spec && typeof spec === 'object');
    const { policyName, validationActions } = spec as {
      policyName?: unknown;
      validationActions?: unknown;
    };
    return (
      policyName === policy.metadata.name &&
      Array.isArray(validationActions) &&
      validationActions.includes('Deny')
    );
  });
}
