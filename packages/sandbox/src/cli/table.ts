/** Text columns with a heading, or a note that there are no rows. */
export function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) {
    return '  none yet';
  }
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...rows.map(row => row[column].length)),
  );
  return [heading, ...rows]
    .map(row =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')}`.trimEnd(),
    )
    .join('\n');
}
