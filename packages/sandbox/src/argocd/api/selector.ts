/** Whether the selector matches an object with these labels. */
export type Selector = (labels: Record<string, string>) => boolean;

/** A label selector that doesn't parse. The message is Kubernetes' own. */
export class SelectorError extends Error {
  constructor(found: string, expected: string) {
    super(
      `unable to parse requirement: found '${found}', expected: ${expected}`,
    );
    this.name = 'SelectorError';
  }
}

/** Parses a label selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. */
export function parseSelector(text: string): Selector {
  const tokens = text.match(/[(),]|!=|==|=|!|[^\s(),=!]+/g) ?? [];
  let position = 0;
  const next = () => tokens[position++] ?? '';
  const peek = () => tokens[position] ?? '';
  const requirements: Selector[] = [];
  while (position < tokens.length) {
    requirements.push(requirement(next, peek));
    const separator = next();
    if (separator !== '' && separator !== ',') {
      throw new SelectorError(separator, `',' or 'end of string'`);
    }
  }
  return labels => requirements.every(test => test(labels));
}

function requirement(next: () => string, peek: () => string): Selector {
  const first = next();
  if (first === '!') {
    const key = next();
    return labels => labels[key] === undefined;
  }
  if (!/^[A-Za-z0-9]/.test(first)) {
    throw new SelectorError(first, `!, identifier, or 'end of string'`);
  }
  if (peek() === '' || peek() === ',') {
    return labels => labels[first] !== undefined;
  }
  const operator = next();
  switch (operator) {
    case '=':
    case '==':
    case '!=': {
      const value = peek() === ',' || peek() === '' ? '' : next();
      return labels => (labels[first] === value) === (operator !== '!=');
    }
    case 'in':
    case 'notin': {
      const values = valueList(next);
      return labels => values.includes(labels[first]) === (operator === 'in');
    }
    default:
      throw new SelectorError(operator, `in, notin, =, ==, !=, gt, lt`);
  }
}

function valueList(next: () => string): string[] {
  const open = next();
  if (open !== '(') {
    throw new SelectorError(open, `'('`);
  }
  const values: string[] = [];
  for (;;) {
    const token = next();
    if (token === ')') {
      return values;
    }
    if (token === '') {
      throw new SelectorError('', `',', ')' or identifier`);
    }
    if (token !== ',') {
      values.push(token);
    }
  }
}
