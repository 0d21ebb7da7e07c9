import type { Spread } from './statistics';

/** Rows of cells as text, with columns of equal width. */
export function columns(rows: readonly string[][]): string {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Percentiles of durations as a cell. */
export function spread({ p50, p95, p99 }: Spread): string {
  return `${[p50, p95, p99].map(ms => ms.toFixed(0)).join(' / ')} ms`;
}
