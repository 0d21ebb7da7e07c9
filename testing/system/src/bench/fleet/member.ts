import type { Application } from '@landfall/sandbox';
import { createHash } from 'node:crypto';

/** Project and namespace of the fleet; the Image Updater doesn't watch it. */
export const FLEET = 'fleet';

const SERVICES_PER_TEAM = 10;

/** One application of the fleet: a service in an environment. */
export interface Member {
  /** Number of the service, starting at 1. */
  number: number;
  environment: string;
  /** The name of the service. */
  service: string;
  /** The name of the application. */
  name: string;
  team: string;
}

/** The first `size` members: service by service, each in all environments. */
export function membersOf(size: number, environments: string[]): Member[] {
  return Array.from({ length: size }, (_, index) => {
    const number = Math.floor(index / environments.length) + 1;
    const environment = environments[index % environments.length];
    const service = `fleet-${String(number).padStart(5, '0')}`;
    const team = `team-${Math.ceil(number / SERVICES_PER_TEAM)}`;
    const name = `${service}-${environment}`;
    return { number, environment, service, name, team };
  });
}

export function tagOf(historyId: number): string {
  return `1.0.${historyId}`;
}

/** The commit that a history entry of an application deployed. */
export function revisionOf(name: string, historyId: number): string {
  return createHash('sha1').update(`${name}#${historyId}`).digest('hex');
}

/** The id of the latest history entry; -1 if there is none. */
export function latestHistoryId({ status }: Application): number {
  return status.history?.at(-1)?.id ?? -1;
}
