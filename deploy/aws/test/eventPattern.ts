/**
 * Evaluates the parts of EventBridge's patterns that the templates use: lists of
 * values, `exists`, `prefix` and `anything-but`. Throws for anything else, so that
 * a pattern is never taken for one that matches nothing.
 */
export function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) {
    return pattern.some(rule => matchesRule(rule, value));
  }
  if (!isMap(pattern)) {
    throw new Error(`not a pattern: ${JSON.stringify(pattern)}`);
  }
  const fields = isMap(value) ? value : {};
  return Object.entries(pattern).every(([key, part]) =>
    matches(part, Object.hasOwn(fields, key) ? fields[key] : undefined),
  );
}

function matchesRule(rule: unknown, value: unknown): boolean {
  if (!isMap(rule)) {
    // A list in an event matches by any of its values.
    return Array.isArray(value) ? value.includes(rule) : value === rule;
  }
  const [[operator, operand], ...others] = Object.entries(rule);
  if (others.length === 0 && operator === 'exists') {
    return (value !== undefined) === operand;
  }
  if (others.length === 0 && operator === 'prefix') {
    return typeof value === 'string' && value.startsWith(String(operand));
  }
  if (others.length === 0 && operator === 'anything-but') {
    return value !== undefined && ![operand].flat().includes(value);
  }
  throw new Error(`not evaluated here: ${JSON.stringify(rule)}`);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
