/**
 * Comma-separated values (RFC 4180). A text that a spreadsheet would take for a
 * formula gets an apostrophe.
 *
 * @internal
 */
export function toCsv(
  rows: readonly (readonly (string | number | undefined)[])[],
): string {
  return rows.map(row => `${row.map(toCell).join(',')}\r\n`).join('');
}

function toCell(value: string | number | undefined): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** @internal */
export function downloadCsv(name: string, text: string): void {
  // Spreadsheets need the mark to read UTF-8.
  const url = URL.createObjectURL(
    new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
