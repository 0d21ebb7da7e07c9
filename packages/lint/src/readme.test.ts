import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LINT_CODES } from '@landfall/backstage-plugin-delivery-common';

describe('README.md', () => {
  it('lists every rule with its severity', () => {
    const text = readFileSync(resolve(__dirname, '../README.md'), 'utf8');
    const rules = Array.from(
      text.matchAll(/^\| `([a-z-]+)` +\| (error|warning|note) /gm),
      ([, code, severity]) => `${code} ${severity}`,
    );
    expect(rules).toEqual(
      LINT_CODES.map(
        ({ code, severity }) =>
          `${code} ${severity === 'info' ? 'note' : severity}`,
      ),
    );
  });
});
