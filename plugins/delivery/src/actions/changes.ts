import {
  displayVersion,
  type Deployment,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * Something of an application that isn't as it was shown: before and now, as text;
 * an empty text: nothing.
 *
 * @internal
 */
export interface ShownChange {
  what: 'running' | 'desired' | 'revision' | 'operation' | 'sync';
  from: string;
  to: string;
}

/**
 * What has changed between two states of an application, of what actions depend on.
 *
 * @internal
 */
export function changesBetween(
  before: Deployment,
  after: Deployment,
): ShownChange[] {
  const facts: [ShownChange['what'], (of: Deployment) => string][] = [
    ['running', runningVersions],
    ['desired', desiredVersions],
    ['revision', revisions],
    ['operation', ({ operation }) => operation?.phase ?? ''],
    ['sync', ({ sync }) => sync.status],
  ];
  return facts.flatMap(([what, read]) => {
    const from = read(before);
    const to = read(after);
    return from === to ? [] : [{ what, from, to }];
  });
}

/** Whether Argo CD carries out an operation. @internal */
export function isBusy({ operation }: Pick<Deployment, 'operation'>): boolean {
  return operation?.phase === 'Running' || operation?.phase === 'Terminating';
}

function runningVersions({ images }: Deployment): string {
  return images
    .flatMap(({ running }) => running.map(displayVersion))
    .join(', ');
}

function desiredVersions({ images }: Deployment): string {
  return images
    .flatMap(({ desired }) => (desired ? [displayVersion(desired)] : []))
    .join(', ');
}

function revisions({ sync }: Deployment): string {
  return sync.revisions.map(revision => revision.slice(0, 7)).join(', ');
}
