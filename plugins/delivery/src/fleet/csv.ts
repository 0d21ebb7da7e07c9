import type { FleetService } from '@landfall/backstage-plugin-delivery-common';
import { toCsv } from '../components/csv';

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
  'held',
];

/**
 * Services as CSV with a line for each application, and one for a
 * service without any. The columns are named in English, for programs.
 *
 * @internal
 */
export function toServicesCsv(services: readonly FleetService[]): string {
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
          one.held?.version,
        ])
      : [[...own, ...Array<undefined>(COLUMNS.length - own.length)]];
  });
  return toCsv([COLUMNS, ...lines]);
}
