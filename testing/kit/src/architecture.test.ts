import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const PAGE = readFileSync(resolve(ROOT, 'docs/architecture.md'), 'utf8');

/** The files of the table, in its order. A folder counts for those after it. */
function filesOfTheWay(): string[] {
  const [, table = ''] = PAGE.split('### File by file');
  const rows = [...table.matchAll(/^\| [^|]+\|([^|]+)\|$/gm)];
  return rows.flatMap(([, cell]) => {
    let plugin = '';
    let folder = '';
    return [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => {
      const path = name.startsWith('delivery') ? name : join(folder, name);
      plugin = name.startsWith('delivery') ? name.split('/')[0] : plugin;
      if (name.endsWith('/')) {
        folder = name.startsWith('delivery') ? name : join(plugin, 'src', name);
        return [];
      }
      return [path];
    });
  });
}

/** The files that one of a plugin's files imports from the same plugin. */
function importsOf(file: string): string[] {
  const text = readFileSync(resolve(ROOT, 'plugins', file), 'utf8');
  return [...text.matchAll(/ from '(\.[^']+)'/g)].flatMap(([, path]) => {
    const target = join(dirname(file), path);
    return [`${target}.ts`, `${target}.tsx`];
  });
}

describe("an event's way in docs/architecture.md", () => {
  const files = filesOfTheWay();

  it('has 40 files at most', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(files.length).toBeLessThanOrEqual(40);
    expect(new Set(files).size).toBe(files.length);
  });

  it.each(files)('%s exists, and imports none of those before it', file => {
    expect(existsSync(resolve(ROOT, 'plugins', file))).toBe(true);
    const before = files
      .slice(0, files.indexOf(file))
      .filter(path => !path.includes('/store/operations/'));
    expect(importsOf(file).filter(path => before.includes(path))).toEqual([]);
  });
});
