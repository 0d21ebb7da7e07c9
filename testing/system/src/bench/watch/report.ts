import { columns } from '../columns';
import type { EventsResult, SizeResult } from './watch';

/** The results as a readable table. */
export function tableOf(results: readonly SizeResult[]): string {
  const heading = [
    'database',
    'applications',
    'bare download',
    '+ parse',
    'first read',
    '× bare',
    'of processor',
    'first event',
    'event to row p50 / p95 / max',
    'while reading history',
    'list again',
    'history read',
    'peak memory',
  ];
  const rows = results.map(result => [
    result.database,
    String(result.applications),
    ms(result.bare.downloadMs),
    ms(result.bare.parseMs),
    ms(result.firstRead.ms),
    (result.firstRead.ms / result.bare.downloadMs).toFixed(1),
    ms(result.firstRead.cpuMs),
    ms(result.caughtUpMs),
    spread(result.events),
    result.whileReading ? spread(result.whileReading) : '–',
    ms(result.rereadMs),
    `${result.history.revisions} in ${(result.history.ms / 1000).toFixed(0)} s`,
    `${result.peakMegabytes.toFixed(0)} MB`,
  ]);
  return [columns([heading, ...rows]), ...results.flatMap(sustained)].join(
    '\n',
  );
}

function sustained(result: SizeResult): string[] {
  if (!result.sustained) {
    return [];
  }
  const { perSecond, tried } = result.sustained;
  return [
    '',
    `${result.database}, ${
      result.applications
    } applications: ${perSecond.toFixed(0)} events a second sustained`,
    columns([
      ['events a second', 'p50 / p95 / max', 'behind after 1 s'],
      ...tried.map(one => [
        one.sentPerSecond.toFixed(0),
        spread(one),
        String(one.behind),
      ]),
    ]),
  ];
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function spread({ p50, p95, max }: EventsResult): string {
  return `${p50} / ${p95} / ${max} ms`;
}
