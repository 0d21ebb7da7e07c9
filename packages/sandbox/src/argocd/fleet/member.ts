import { createHash } from 'node:crypto';
import type { Application } from '../types';

/** Project and namespace of the fleet; the Image Updater doesn't watch it. */
export const FLEET = 'fleet';

/** A host that doesn't exist: the fleet has neither registry nor repository. */
const REGISTRY = 'registry.fleet.test';
const SERVICES_PER_TEAM = 10;

/** One application of the fleet: a service in an environment. */
export interface Member {
  /** Number of the service, starting at 1. */
  service: number;
  environment: string;
}

/** The first `size` members: service by service, each in all environments. */
export function membersOf(size: number, environments: string[]): Member[] {
  return Array.from({ length: size }, (_, index) => ({
    service: Math.floor(index / environments.length) + 1,
    environment: environments[index % environments.length],
  }));
}

export function serviceName(service: number): string {
  return `fleet-${String(service).padStart(5, '0')}`;
}

export function nameOf({ service, environment }: Member): string {
  return `${serviceName(service)}-${environment}`;
}

export function teamOf({ service }: Member): string {
  return `team-${Math.ceil(service / SERVICES_PER_TEAM)}`;
}

/** The image repository of a member. The history id counts its versions. */
export function repositoryOf(member: Member): string {
  return `${REGISTRY}/${teamOf(member)}/${serviceName(member.service)}`;
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
