/** Text that may stand in HTML. */
export function escape(text: unknown): string {
  return String(text ?? '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

const STYLE = `
body{font:15px/1.5 system-ui,sans-serif;margin:0;color:#1f2933;background:#f5f7fa}
header{background:#0f2d37;color:#fff;padding:12px 24px}header a{color:#fff;text-decoration:none}
main{max-width:1080px;margin:24px auto;padding:0 24px}
table{border-collapse:collapse;width:100%;background:#fff;margin:8px 0 24px}
th,td{text-align:left;padding:8px 12px;border-bottom:1px solid #e4e7eb;vertical-align:top}
th{font-weight:600;color:#52606d}code{font-size:13px;word-break:break-all}
.Healthy,.Synced,.Succeeded{color:#0b7a4b}.Degraded,.Failed,.Error{color:#b42318}
.Progressing,.OutOfSync,.Running,.Missing,.Unknown{color:#8a5a00}
@media(prefers-color-scheme:dark){body{background:#111c22;color:#e4e7eb}table{background:#18262d}
th,td{border-color:#2b3b44}th{color:#9fb3c8}a{color:#7cc4fa}.Healthy,.Synced,.Succeeded{color:#5fd39b}
.Degraded,.Failed,.Error{color:#ff8a7a}.Progressing,.OutOfSync,.Running,.Missing,.Unknown{color:#f0c36d}}
`;

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(
    title,
  )} · Argo CD (sandbox)</title><style>${STYLE}</style></head>
<body><header><a href="/applications">Argo CD (sandbox)</a></header>
<main><h1>${escape(title)}</h1>${body}</main></body></html>
`;
}

/** A table; cells are HTML already. */
export function table(head: string[], rows: string[][], empty: string): string {
  if (!rows.length) {
    return `<p>${escape(empty)}</p>`;
  }
  const cells = (tag: string, row: string[]) =>
    row.map(cell => `<${tag}>${cell}</${tag}>`).join('');
  return `<table><thead><tr>${cells(
    'th',
    head.map(escape),
  )}</tr></thead><tbody>${rows
    .map(row => `<tr>${cells('td', row)}</tr>`)
    .join('')}</tbody></table>`;
}

/** A state, coloured by its name. */
export function state(text: string | undefined): string {
  return text ? `<span class="${escape(text)}">${escape(text)}</span>` : '–';
}
