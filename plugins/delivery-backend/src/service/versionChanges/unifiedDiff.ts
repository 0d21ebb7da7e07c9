import { structuredPatch } from 'diff';

const CONTEXT = 3;
/** An edit changes a line or two. */
const MAX_LINES = 200;

/**
 * The changed lines with those around them, as `diff -u` writes them without its
 * header.
 *
 * @internal
 */
export function unifiedDiff(before: string, after: string): string {
  const patch = structuredPatch('', '', before, after, '', '', {
    context: CONTEXT,
    maxEditLength: MAX_LINES,
  });
  return (patch?.hunks ?? [])
    .flatMap(({ oldStart, newStart, lines }) => {
      const count = (other: string) =>
        lines.filter(line => line[0] === ' ' || line[0] === other).length;
      return [
        `@@ -${oldStart},${count('-')} +${newStart},${count('+')} @@`,
        ...lines,
      ];
    })
    .join('\n');
}
