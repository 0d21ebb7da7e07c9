import type { FleetService } from '@landfall/backstage-plugin-delivery-common';

const COLUMNS = [
  'service',
  'title',
  'owner',
  'system',
  'environment',
  'instance',
  'namespace',
  'application',
  'running',
  'next',
  'health',
  'sync',
  'states',
  'deployedAt',
  'waiting',
];

/**
 * Services as CSV (RFC 4180) with a line for each application, and one for a
 * service without any. The columns are named in English, for programs.
 *
 * @internal
 */
export function toCsv(services: readonly FleetService[]): string {
  const lines = services.flatMap(service => {
    const own = [
      service.entityRef,
      service.title,
      service.owner,
      service.system,
    ];
    return service.applications.length > 0
      ? service.applications.map(one => [
          ...own,
          one.environment,
          one.application.instance,
          one.application.namespace,
          one.application.name,
          one.running.join(' '),
          one.next,
          one.health,
          one.sync,
          one.states.join(' '),
          one.deployedAt,
          one.waiting?.message,
        ])
      : [own];
  });
  return [COLUMNS, ...lines].map(toLine).join('');
}

function toLine(values: readonly (string | undefined)[]): string {
  return `${COLUMNS.map((_, index) => toField(values[index] ?? '')).join(
    ',',
  )}\r\n`;
}

/**
 * A spreadsheet would run a text that begins like a formula, and anybody can write
 * a title.
 */
function toField(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
