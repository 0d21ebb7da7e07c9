/** Whether the selector matches an object with these labels. */
type Selector = (labels: Record<string, string>) => boolean;

/** Parses a label selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. */
export function parseSelector(text: string): Selector {
  // Commas in parentheses don't separate requirements.
  const tests = text
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(Boolean)
    .map(requirement);
  return labels => tests.every(test => test(labels));
}

function requirement(text: string): Selector {
  const [, not, key, operator = '', value = ''] =
    /^(!?)([\w./-]+)\s*(==?|!=|\s(?:in|notin)\b)?\s*([\w.-]*|\([^()]*\))$/.exec(
      text,
    ) ?? [];
  const isSet = operator.trim().endsWith('in');
  if (key === undefined || isSet !== value.startsWith('(')) {
    throw new Error(`unable to parse requirement: ${text}`);
  }
  if (!operator) {
    return labels => (labels[key] === undefined) === (not === '!');
  }
  const values = isSet
    ? value
        .slice(1, -1)
        .split(',')
        .map(one => one.trim())
    : [value];
  const negative = ['!=', 'notin'].includes(operator.trim());
  return labels => values.includes(labels[key]) !== negative;
}
