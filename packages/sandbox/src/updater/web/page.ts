import {
  fullImageName,
  tagText,
} from '@landfall/backstage-plugin-delivery-common';
import type { UpdaterReport } from '../Cycle';

/** What is known of the last cycle. */
export interface LastCycle {
  startedAt: Date;
  /** Why it ended early. */
  error?: string;
  reports: UpdaterReport[];
}

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#222}' +
  'table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:.4rem .6rem;text-align:left;vertical-align:top}' +
  'code{font-size:.9em}.error{color:#a00}';

/** A page about the last cycle, for a person who wonders what the updater does. */
export function renderPage(options: {
  last?: LastCycle;
  intervalSeconds: number;
}): string {
  const { last, intervalSeconds } = options;
  const body = last
    ? `<p>Last cycle: ${escape(
        last.startedAt.toISOString(),
      )}, every ${intervalSeconds} s. <a href="/metrics">Metrics</a></p>
${last.error ? `<p class="error">${escape(last.error)}</p>` : ''}
<table><tr><th>ImageUpdater</th><th>Applications</th><th>Images</th><th>Updated</th><th>Errors</th><th>Changes</th></tr>
${last.reports.map(row).join('\n')}
</table>
${last.reports.length === 0 ? '<p>No ImageUpdater was found.</p>' : ''}`
    : `<p>The first cycle runs; then every ${intervalSeconds} s.</p>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Image Updater</title><style>${STYLE}</style></head>
<body><h1>Image Updater</h1>
${body}
</body></html>
`;
}

function row(report: UpdaterReport): string {
  const changes = report.changes
    .map(
      ({ image, oldTag, newTag }) =>
        `<code>${escape(fullImageName(image))}</code> ${escape(
          tagText(oldTag),
        )} → ${escape(tagText(newTag))}`,
    )
    .join('<br>');
  return `<tr><td>${escape(`${report.namespace}/${report.name}`)}</td><td>${
    report.applicationsMatched
  }</td><td>${report.imagesConsidered}</td><td>${
    report.imagesUpdated
  }</td><td>${report.errors}</td><td>${changes}${
    report.failure ? `<span class="error">${escape(report.failure)}</span>` : ''
  }</td></tr>`;
}

function escape(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, character => entities[character]);
}
