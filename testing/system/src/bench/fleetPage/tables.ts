import type { PortalDatabase } from '../../processes';
import { columns, spread } from '../columns';
import type { PageResult } from '../page/PageLoad';
import type { Spread } from '../statistics';
import type { InChromium } from './chromium';

interface Row extends PageResult {
  database: PortalDatabase['kind'];
  request: string;
  events: number;
}

interface ChromiumRow extends InChromium {
  database: PortalDatabase['kind'];
  events: number;
}

/** The figures of delivery performance of all services. */
interface PerformanceRow {
  database: PortalDatabase['kind'];
  days: number;
  /** One after another; milliseconds. */
  computed: Spread;
}

/** What was measured on one database server. */
export interface Measured {
  requests: Row[];
  pages: ChromiumRow[];
  performance: PerformanceRow[];
}

/** All that was measured, as text. */
export function tablesOf(results: readonly Measured[]): string {
  return [
    requestTable(results.flatMap(({ requests }) => requests)),
    chromiumTable(results.flatMap(({ pages }) => pages)),
    performanceTable(results.flatMap(({ performance }) => performance)),
  ].join('\n\n');
}

function requestTable(rows: readonly Row[]): string {
  return columns([
    [
      'database',
      'request',
      'events/s',
      'KB',
      'one p50 / p95 / p99',
      'seen before',
      '100 at once',
      'processor',
    ],
    ...rows.map(row => [
      row.database,
      row.request,
      String(row.events),
      row.kilobytes.toFixed(0),
      spread(row.one),
      spread(row.again),
      spread(row.together),
      `${row.cpuMs.toFixed(1)} ms`,
    ]),
  ]);
}

function chromiumTable(rows: readonly ChromiumRow[]): string {
  return columns([
    [
      'database',
      'events/s',
      'first visit p50 / p95 / p99',
      'again',
      'by a click',
      'of it the answer',
      'longest task',
      'services scrolled',
      'tasks > 50 ms',
      'longest',
      'frames p50 / p95 / p99',
    ],
    ...rows.map(({ database, events, firstVisit, visit, click, scrolling }) => [
      database,
      String(events),
      spread(firstVisit.usable),
      spread(visit.usable),
      spread(click.usable),
      `${click.requestMs.toFixed(0)} ms`,
      `${click.longestTaskMs.toFixed(0)} ms`,
      String(scrolling.rows),
      String(scrolling.longTasks),
      `${scrolling.longestTaskMs.toFixed(0)} ms`,
      spread(scrolling.frame),
    ]),
  ]);
}

function performanceTable(rows: readonly PerformanceRow[]): string {
  return columns([
    ['database', 'performance of', 'one p50 / p95 / p99'],
    ...rows.map(({ database, days, computed }) => [
      database,
      `${days} days`,
      spread(computed),
    ]),
  ]);
}
