import type { Response } from 'express';
import { html, Html, type HtmlValue } from './html';

const STYLE = new Html(`
  body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem; color: #1f2328; background: #fff; }
  a { color: #0b57d0; text-decoration: none; } a:hover { text-decoration: underline; }
  nav { margin-bottom: 1rem; } h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
  table { border-collapse: collapse; width: 100%; } td { border-bottom: 1px solid #d8dee4; padding: .3rem .5rem; vertical-align: top; }
  td.narrow { width: 1%; white-space: nowrap; } .muted { color: #59636e; }
  pre, code { font: 13px/1.5 ui-monospace, monospace; } pre { overflow-x: auto; margin: 0; }
  .message, .file { border: 1px solid #d8dee4; border-radius: 6px; padding: .5rem; }
  .file td { border: 0; padding: 0 .5rem; white-space: pre; } .file td.line { text-align: right; user-select: none; width: 1%; }
  .add { background: #dafbe1; } .del { background: #ffebe9; } .hunk { background: #ddf4ff; }
  :target { background: #fff8c5; }
  @media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117; } a { color: #6cb0ff; } .muted { color: #9198a1; }
    td, .message, .file { border-color: #30363d; } .add { background: #12361f; } .del { background: #4a1d1f; } .hunk { background: #10294a; } :target { background: #4b3d10; } }
`);

/** Sends a page; nothing in it can run a script or load anything. */
export function sendPage(
  res: Response,
  options: {
    status?: number;
    title: string;
    breadcrumbs?: HtmlValue;
    body: Html;
  },
): void {
  const { status = 200, title, breadcrumbs, body } = options;
  const page = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <nav><a href="/">Git</a>${breadcrumbs}</nav>
        ${body}
      </body>
    </html> `;
  res
    .status(status)
    .type('html')
    .setHeader(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'",
    );
  res.end(page.text);
}

/** A time to the minute, in UTC; the exact one on hover. */
export function time(iso: string): Html {
  const utc = new Date(iso).toISOString();
  return html`<time datetime="${iso}" title="${iso}"
    >${utc.slice(0, 16).replace('T', ' ')} UTC</time
  >`;
}
