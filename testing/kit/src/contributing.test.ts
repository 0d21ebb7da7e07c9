import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const GUIDE = readFileSync(resolve(ROOT, 'CONTRIBUTING.md'), 'utf8');

describe('CONTRIBUTING.md', () => {
  const paths = [
    ...GUIDE.matchAll(
      /`((?:plugins|packages|testing|templates|docs|scripts)\/[^`*]+)`/g,
    ),
  ].map(([, path]) => path);

  it('names files of the ten common changes', () => {
    expect(paths.length).toBeGreaterThan(10);
  });

  it.each([...new Set(paths)])('names %s, which exists', path => {
    expect(existsSync(resolve(ROOT, path))).toBe(true);
  });
});
