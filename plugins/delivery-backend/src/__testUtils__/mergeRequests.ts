import type {
  Application,
  Observation,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { parsePromotion } from '../store/parsePromotion';

/** @internal */
export const REPO_URL = 'https://git.example.com/shop/deploy.git';
/** The due time of what is never read again. @internal */
export const NEVER = '9999-12-31T23:59:59.999Z';
const IMAGE = 'registry.example.com/shop/api';
const UPDATER = 'argocd-image-updater.argoproj.io/';

/** The commit of the pushed version. @internal */
export function revisionOf(name: string): string {
  return (name === 'api-dev' ? 'c' : 'd').repeat(40);
}

/** @internal */
export function updateMessage(name: string): string {
  return `build: automatic update of ${name}\n\nupdates image shop/api tag '1.0.0' to '1.0.1'`;
}

function application(
  name: string,
  overrides: Partial<Application>,
): Application {
  return {
    ref: { instance: 'main', namespace: 'argocd', name },
    uid: `uid-${name}`,
    project: 'shop',
    labels: {},
    annotations: {},
    destination: {},
    sources: [{ repoUrl: REPO_URL, path: 'apps/api', targetRevision: 'main' }],
    automatedSync: true,
    sync: { status: 'Synced', revisions: ['a'.repeat(40)] },
    health: { status: 'Healthy' },
    images: [`${IMAGE}:1.0.0`],
    externalUrls: [],
    history: [],
    conditions: [],
    resources: { total: 1, outOfSync: 0, unwell: [] },
    ...overrides,
  };
}

function annotations(branch: string | undefined): Record<string, string> {
  return {
    [`${UPDATER}image-list`]: `app=${IMAGE}:~1.0`,
    [`${UPDATER}write-back-method`]: 'git',
    ...(branch && { [`${UPDATER}git-branch`]: branch }),
  };
}

/**
 * An application, and the push of a version that the Image Updater takes.
 *
 * @internal
 * @param branch - `git-branch` of its annotations
 */
export function pending(name: string, branch?: string): Observation[] {
  return [
    {
      kind: 'application-observed',
      application: application(name, { annotations: annotations(branch) }),
      seenAt: '2026-01-01T12:00:00.000Z',
    },
    {
      kind: 'image-pushed',
      repository: IMAGE,
      digest: `sha256:${'1'.repeat(64)}`,
      tags: ['1.0.1'],
      pushedAt: '2026-01-01T12:01:00.000Z',
      seenAt: '2026-01-01T12:01:01.000Z',
    },
  ];
}

/**
 * The version is in the branch that Argo CD reads.
 *
 * @internal
 */
export function committed(name: string): Observation[] {
  return [
    {
      kind: 'application-observed',
      application: application(name, {
        annotations: annotations('main:image-updater-{{.SHA256}}'),
        sync: { status: 'OutOfSync', revisions: [revisionOf(name)] },
      }),
      seenAt: '2026-01-01T12:04:00.000Z',
    },
    {
      kind: 'revision-resolved',
      repoUrl: REPO_URL,
      revision: revisionOf(name),
      author: 'argocd-image-updater <noreply@argoproj.io>',
      date: '2026-01-01T12:01:30.000Z',
      message: updateMessage(name),
      seenAt: '2026-01-01T12:04:01.000Z',
    },
  ];
}

/**
 * The promotions of the pushed version, by application.
 *
 * @internal
 */
export async function promotionsIn(
  database: DeliveryDatabase,
): Promise<Promotion[]> {
  const rows = await database.knex('promotions').select('document');
  return rows
    .map(({ document }) => parsePromotion(document))
    .filter(({ version }) => version.tag === '1.0.1')
    .sort((a, b) => (a.application.name < b.application.name ? -1 : 1));
}
