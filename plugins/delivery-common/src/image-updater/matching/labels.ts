import type { ReportProblem } from '../problem';
import type { LabelSelector } from '../settings/types';
import { quoted } from '../text';

type Expression = NonNullable<LabelSelector['matchExpressions']>[number];

/**
 * Whether labels match a Kubernetes label selector. An invalid selector matches
 * nothing.
 */
export function labelsMatch(
  labels: Record<string, string>,
  selector: LabelSelector | undefined,
  report: ReportProblem,
): boolean {
  if (!selector) {
    return true;
  }
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const problem = [
    ...Object.entries(matchLabels).map(
      ([key, value]) => problemOfKey(key) ?? problemOfValues([value]),
    ),
    ...matchExpressions.map(
      expression =>
        problemOf(expression) ??
        problemOfKey(expression.key) ??
        problemOfValues(expression.values ?? []),
    ),
  ].find(message => message !== undefined);
  if (problem !== undefined) {
    report({
      code: 'label-selector-invalid',
      message: `Invalid label selector provided: ${problem}`,
      advice: { code: 'advice.label-selector-invalid', parameters: {} },
    });
    return false;
  }
  return (
    Object.entries(matchLabels).every(
      ([key, value]) => valueOf(labels, key) === value,
    ) &&
    matchExpressions.every(expression =>
      expressionMatches(valueOf(labels, expression.key), expression),
    )
  );
}

function valueOf(
  labels: Record<string, string>,
  key: string,
): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function problemOf({ operator, values }: Expression): string | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values?.length
        ? undefined
        : "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty";
    case 'Exists':
    case 'DoesNotExist':
      return values?.length
        ? 'values: Invalid value: values set must be empty for exists and does not exist'
        : undefined;
    default:
      return `${quoted(operator)} is not a valid label selector operator`;
  }
}

const NAME = /^([a-z0-9][\w.-]*)?[a-z0-9]$/i;
const MAX_NAME = 63;
const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_SUBDOMAIN = 253;

/**
 * Applies Kubernetes' rules for label keys and values. One invalid key or value
 * invalidates the whole selector.
 */
function problemOfKey(key: string): string | undefined {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  const [prefix] = parts.length > 1 ? parts : [undefined];
  const isValid =
    parts.length <= 2 &&
    isName(name) &&
    (prefix === undefined ||
      (prefix.length <= MAX_SUBDOMAIN && SUBDOMAIN.test(prefix)));
  return isValid
    ? undefined
    : `key: Invalid value: ${quoted(key)}: it can't be the key of a label`;
}

function problemOfValues(values: readonly string[]): string | undefined {
  const wrong = values.find(value => value !== '' && !isName(value));
  return wrong === undefined
    ? undefined
    : `values: Invalid value: ${quoted(
        wrong,
      )}: it can't be the value of a label`;
}

function isName(text: string): boolean {
  return text.length <= MAX_NAME && NAME.test(text);
}

function expressionMatches(
  value: string | undefined,
  { operator, values }: Expression,
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && (values?.includes(value) ?? false);
    case 'NotIn':
      return value === undefined || !values?.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}
