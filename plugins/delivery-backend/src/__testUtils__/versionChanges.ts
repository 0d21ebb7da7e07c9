import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  ANSWER_MS,
  type Application,
  type ApplicationRef,
  type ImageUpdaterResource,
  DEFAULT_ACCESS_RULES,
  ENTITY_REF_MARK,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { ConfigRepositoryEditor } from '@landfall/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { ConfigHost } from './ConfigHost';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { createTracker, observe } from './trackers';
import { applicationKey } from '../store/applicationKey';
import { replaceImageUpdaters } from '../store/operations/imageUpdaters';
import { readActions } from '../store/operations/actions';
import { findApplications } from '../store/operations/readApplications';
import { ActionLog } from '../service/actions/ActionLog';
import { actionKeyOf } from '../service/actions/actionKey';
import { ArgoCdCarrier } from '../service/actions/ArgoCdCarrier';
import { Approvals } from '../service/actions/Approvals';
import { decideAction } from '../service/actions/decideAction';
import { Callers } from '../service/actions/Callers';
import { ManagedResources } from '../service/actions/ManagedResources';
import { StoreActionService } from '../service/actions/StoreActionService';
import { SeenEntities } from '../service/SeenEntities';
import { ChangeFollower } from '../service/versionChanges/ChangeFollower';
import { GitCarrier } from '../service/versionChanges/GitCarrier';
import type { SourceCommits } from '../service/versionChanges/SourceCommits';
import { StoreVersionChangeService } from '../service/versionChanges/StoreVersionChangeService';

/** @internal */
export const REPOSITORY = 'registry.example.com/shop/api';
/** @internal */
export const VALUES = `image:\n  repository: ${REPOSITORY}\n  tag: "1.4.2" # live\n`;
/** @internal */
export const REF = { instance: 'main', namespace: 'argocd', name: 'api' };
const KEY = 'key-of-the-first-request';
const OWNER = 'component:default/api';
const PREFIX = 'argocd-image-updater.argoproj.io';
const UPDATED = {
  [`${PREFIX}/image-list`]: `app=${REPOSITORY}`,
  [`${PREFIX}/app.helm.image-name`]: 'image.repository',
  [`${PREFIX}/app.helm.image-tag`]: 'image.tag',
  [`${PREFIX}/write-back-method`]: 'git',
  [`${PREFIX}/write-back-target`]: 'helmvalues:/apps/api/values.yaml',
};
/** The annotation that holds the updates. @internal */
export const HELD = { [`${PREFIX}/app.ignore-tags`]: '*' };
const ENABLED: ImageUpdaterResource = {
  namespace: 'argocd',
  name: 'all',
  spec: { applicationRefs: [{ namePattern: '*', useAnnotations: true }] },
};
let repositories = 0;

function entity(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'argocd/app-name': 'api' },
    },
  };
}

/**
 * The service that changes versions, for one application in a configuration
 * repository of a host.
 *
 * @internal
 */
export async function startVersionChanges(
  database: DeliveryDatabase,
  host: ConfigHost,
  options: {
    approvers?: string[];
    /** The Image Updater updates it; to which version isn't known. */
    isUpdated?: boolean;
    /** Default: the image has no labels. */
    commits?: Pick<SourceCommits, 'between'>;
  } = {},
) {
  const tracker = createTracker(database);
  repositories += 1;
  const name = `deploy-${repositories}`;
  const annotations = options.isUpdated ? UPDATED : {};
  await host.git.commit(name, {
    'apps/api/values.yaml': VALUES,
    'argocd/api.yaml': manifestWith(annotations),
  });
  const repoUrl = host.git.repositoryUrl(name);
  let revision = 'a'.repeat(40);
  const put = (images: string[], more: Record<string, string> = {}) =>
    observe(tracker, {
      kind: 'application-observed',
      application: {
        ...applicationOf(repoUrl, images, { ...annotations, ...more }),
        sync: { status: 'Synced', revisions: [revision] },
      },
      seenAt: new Date().toISOString(),
    });
  await database.transaction(tx =>
    replaceImageUpdaters(tx, {
      instance: 'main',
      manager: 'apps',
      updaters: [ENABLED],
    }),
  );
  await put([`${REPOSITORY}:1.4.2`]);
  const logger = mockServices.logger.mock();
  const editor = ConfigRepositoryEditor.fromConfig({
    config: mockServices.rootConfig({
      data: { integrations: { gitea: [host.integration] } },
    }),
    logger,
  });
  const log = new ActionLog({ database, signalsAdded: () => {} });
  const carrier = new GitCarrier({ database, editor, log });
  const approvals = new Approvals(
    options.approvers
      ? [{ environment: 'shop', approvers: options.approvers }]
      : [],
    mockServices.userInfo({ ownershipEntityRefs: ['group:default/ops'] }),
  );
  const shared = {
    database,
    instanceNames: ['main'],
    accessRules: DEFAULT_ACCESS_RULES,
    argocdNamespaces: new Map(),
    environments: [],
    entities: SeenEntities.create({
      catalog: catalogServiceMock({
        entities: [entity('api'), entity('thief')],
      }),
    }),
    callers: new Callers(mockServices.auth()),
    approvals,
    log,
  };
  const service = StoreVersionChangeService.create({
    ...shared,
    editor,
    carrier,
    commits: options.commits ?? {
      between: async ({ from, to }) => ({
        from,
        to,
        found: { kind: 'unknown', reason: 'no-revision', tag: from },
      }),
    },
  });
  const argocd = {
    get: (instance: string) => {
      throw new NotFoundError(`There is no instance '${instance}'`);
    },
  };
  const actions = StoreActionService.create({
    ...shared,
    managed: new ManagedResources({ argocd }),
    carriers: [new ArgoCdCarrier({ argocd, log }), carrier],
  });
  const follower = new ChangeFollower({ database, editor, logger });
  const locate = async (ref: ApplicationRef, knex: Knex = database.knex) => {
    const [found] = await findApplications(knex, {
      keys: [applicationKey(ref)],
    });
    return found;
  };
  const stored = async () => (await locate(REF)).application;
  const requestOf = async (
    changes: Partial<VersionChangeRequest>,
    { entityRef, tag }: { entityRef: string; tag: string },
  ): Promise<VersionChangeRequest> => ({
    action: 'promote',
    items: [
      {
        entityRef,
        application: REF,
        expected: { actionKey: actionKeyOf(await locate(REF)) },
        repository: REPOSITORY,
        ...(tag && { tag }),
      },
    ],
    ...changes,
  });
  const credentials = mockCredentials.user('user:default/jo');
  const start = async (
    changes: Partial<VersionChangeRequest> = {},
    { entityRef = OWNER, key = KEY, tag = '1.4.3' } = {},
  ) =>
    service.start(await requestOf(changes, { entityRef, tag }), {
      credentials,
      idempotencyKey: key,
    });
  /** What a preview of a promotion says. */
  const notes = async () => {
    const request = await requestOf({}, { entityRef: OWNER, tag: '1.4.3' });
    const { items } = await service.preview(request, { credentials });
    return items[0].notes;
  };
  const follow = async (actionId: string) => {
    const [action] = await readActions(database.knex, [actionId]);
    const { record } = await follower.settle(
      action,
      await stored(),
      new AbortController().signal,
    );
    await log.change({ record, from: [action.record.state] });
    return record;
  };
  /** As if an answer had been missing for longer than one may take. */
  const age = async (actionId: string) => {
    const [{ record }] = await readActions(database.knex, [actionId]);
    const ago = new Date(Date.parse(record.changedAt) - ANSWER_MS);
    await log.change({
      record: { ...record, changedAt: ago.toISOString() },
      from: [record.state],
    });
  };
  /** As if the replica had been killed before it stored what became of it. */
  const forget = async (actionId: string) => {
    const [{ record }] = await readActions(database.knex, [actionId]);
    const { change: _, ...asked } = record;
    await log.change({
      record: { ...asked, state: 'requested' },
      from: [record.state],
    });
  };
  /** The branch of a merge request. */
  const branch = async () =>
    (
      await host.git.git(
        name,
        'branch',
        '--list',
        'landfall/*',
        '--format=%(refname:short)',
      )
    ).trim();
  /** As `decideAction` does. */
  const approve = async (actionId: string) => {
    const userRef = 'user:default/olga';
    const action = await decideAction(
      { id: actionId, approve: true },
      {
        database,
        approvals,
        log,
        credentials: mockCredentials.user(userRef),
        userRef,
        locate,
      },
    );
    return action.record.state === 'requested'
      ? carrier.carryOut(action)
      : action.record;
  };
  /** Somebody commits other values. */
  const commitValues = async (values: string) => {
    await host.git.commit(name, { 'apps/api/values.yaml': values });
    revision = 'b'.repeat(40);
    await put([`${REPOSITORY}:1.4.2`]);
  };
  const manifest = () => host.git.git(name, 'show', 'main:argocd/api.yaml');
  const show = (ref: string) =>
    host.git.git(name, 'show', `${ref}:apps/api/values.yaml`);
  return {
    shared,
    actions,
    service,
    database,
    put,
    start,
    follow,
    age,
    forget,
    branch,
    approve,
    commitValues,
    notes,
    manifest,
    show,
    name,
    stored,
  };
}

function applicationOf(
  repoUrl: string,
  images: string[],
  annotations: Record<string, string>,
): Application {
  return {
    ref: REF,
    uid: 'api',
    project: 'default',
    labels: {},
    annotations: { [ENTITY_REF_MARK]: 'component:default/api', ...annotations },
    destination: { namespace: 'shop' },
    sources: [{ repoUrl, path: 'apps/api', targetRevision: 'main' }],
    automatedSync: true,
    sync: { status: 'Synced', revisions: [] },
    health: { status: 'Healthy' },
    images,
    externalUrls: [],
    history: [],
    conditions: [],
    resources: { total: 0, outOfSync: 0, unwell: [] },
  };
}

function manifestWith(annotations: Record<string, string>): string {
  const lines = Object.entries(annotations).map(
    ([key, value]) => `    ${key}: ${value}\n`,
  );
  return `kind: Application\nmetadata:\n  name: api\n  annotations: # ours\n    a: b\n${lines.join(
    '',
  )}`;
}
