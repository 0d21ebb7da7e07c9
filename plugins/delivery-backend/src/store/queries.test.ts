import {
  type ApplicationSummary,
  type ImageUpdaterResource,
  parseSelector,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { fullyReadTables, statementsOf } from '../__testUtils__/explain';
import {
  promotionAt,
  REF,
  REPOSITORY,
  store,
} from '../__testUtils__/promotions';
import { applicationKey, kubernetesKey } from './applicationKey';
import {
  keepApplications,
  lockApplications,
  lockRows,
} from './operations/lockApplications';
import {
  countApplications,
  findApplications,
  findKeysOfRepository,
  readRefs,
  readResourceVersions,
} from './operations/readApplications';
import {
  replaceLabels,
  replaceRepositories,
  saveApplications,
} from './operations/saveApplications';
import {
  findSelectedBy,
  keepManagers,
  readImageUpdaters,
  replaceImageUpdaters,
} from './operations/imageUpdaters';
import { readImageDetails, saveImageDetails } from './operations/imageDetails';
import {
  addCommitRanges,
  postponeCommitRange,
  readCommits,
  readDueCommitRanges,
  saveCommits,
} from './operations/commitRanges';
import {
  addCommitRequests,
  postponeCommitRequest,
  readDueCommitRequests,
} from './operations/commitRequests';
import {
  addProposalReads,
  postponeProposalRead,
  readDueProposalReads,
  removeProposalReads,
} from './operations/proposalReads';
import { insertRows } from './operations/insertRows';
import { deleteOld } from './operations/deleteOld';
import {
  deleteApplications,
  deleteInstances,
} from './operations/deleteApplications';
import {
  deleteBatches,
  deleteRows,
  type Transactions,
} from './operations/deleteBatches';
import { deleteUnusedRepositories } from './operations/deleteUnusedRepositories';
import {
  addRefreshRequest,
  readRefreshRequests,
  removeRefreshRequests,
} from './operations/refreshRequests';
import {
  readBuiltDigests,
  readImagesByDigest,
  readPresentImages,
  saveImages,
} from './operations/images';
import { readImagesPage, readRecentImages } from './operations/imagePages';
import { readReferencedImages, restoreImageTags } from './operations/imageTags';
import { readTaggedImages } from './operations/taggedImages';
import { readKnownTags } from './operations/knownTags';
import { readInstallationKey } from './operations/installationKeys';
import { readInstances, saveInstance } from './operations/instances';
import {
  acquireLease,
  holdsLease,
  readFreeLeases,
  readLeaseHolders,
  releaseLease,
} from './operations/leases';
import { lockImageUpdaters, lockRepositories } from './operations/locks';
import {
  addToNotificationOutbox,
  postponeNotification,
  type Notice,
  readDueNotifications,
  removeFromNotificationOutbox,
} from './operations/notificationOutbox';
import {
  addToSignalOutbox,
  readSignalOutbox,
  removeFromSignalOutbox,
} from './operations/signalOutbox';
import {
  deletePromotions,
  readCurrentPromotions,
  readPromotionsPage,
  savePromotions,
} from './operations/promotions';
import { saveDeployedChanges } from './operations/deployedChanges';
import {
  readPerformance,
  readServiceEnvironments,
  readWatchedSince,
} from './operations/performance';
import { readRelevantPromotions } from './operations/relevantPromotions';
import {
  deleteSummaries,
  readSummaries,
  saveSummaries,
} from './operations/applicationSummaries';
import {
  countFleet,
  readFleetApplications,
  readFleetFacets,
  readFleetPage,
} from './operations/fleet';
import type { FleetFilter } from './operations/fleetFilter';
import {
  findRepositoriesNamed,
  readImageUsers,
  readRunningImages,
} from './operations/imageUsers';
import {
  readServicesOfApplications,
  replaceApplicationsOfService,
  replaceServicesOfApplications,
} from './operations/serviceApplications';
import {
  deleteServices,
  isStoredClaim,
  keepServices,
  readClaims,
  readDueServices,
  readServiceRefs,
  saveServices,
} from './operations/services';
import {
  lockSteady,
  readSteady,
  saveReconciled,
} from './operations/steadyApplications';
import {
  addSummaryRequests,
  readDueSummaryRequests,
  requestAllSummaries,
  settleSummaryRequests,
} from './operations/summaryRequests';
import { recordStuck } from './operations/stuckNotices';
import { selectForEach } from './operations/selectForEach';
import { unionAll } from './operations/unionAll';
import {
  addActions,
  changeAction,
  readActions,
  readActionsOfRequest,
  readActionsPage,
  readDueActions,
  readOpenActions,
  readRecentActions,
  type StoredAction,
} from './operations/actions';
import { readWaitingForSync } from './operations/readWaitingForSync';
import {
  saveReferencedRepositories,
  readRepositoryStates,
  clearUnreferenced,
} from './operations/annotatedRepositories';
import {
  addRepositories,
  isInUse,
  isReferenced,
  needsBuilds,
  markDue,
  readDueRepositories,
  saveRepositoryRead,
} from './operations/repositories';
import {
  deleteSearches,
  saveReferencedSearches,
  readDueSearches,
  readSearches,
  saveSearch,
} from './operations/repositorySearches';
import { readQueues } from './operations/readQueues';
import { searchKey } from './repositoryKey';
import { bucketsOf, scopes } from './scopes';
import {
  addRevisionRequests,
  findWanting,
  postponeRevisionRequests,
  readDueRevisionRequests,
  removeRevisionRequests,
  retryRevisionRequests,
} from './operations/revisionRequests';
import { readRevisions, saveRevisions } from './operations/revisions';
import {
  bumpVersions,
  readVersion,
  readVersions,
} from './operations/storeVersions';
import { readUpdateProgress } from './operations/updateProgress';
import {
  readLatestStarts,
  readPromotionsById,
  readStartsOfVersions,
} from './operations/versionPromotions';
import {
  readUnreadable,
  readUnreadableReasons,
  removeUnreadable,
  saveUnreadable,
} from './operations/unreadableResources';

const databases = createTestDatabases();

/** One row per instance or replica, or none if all is well. */
const SMALL_TABLES = ['instances', 'leases', 'outbox'];

/** What is asked about the whole fleet reads all of it. */
const READS_ALL: Record<string, string[]> = {
  countFleet: ['services', 'service_applications', 'application_summaries'],
  findRepositoriesNamed: ['application_repositories'],
  readClaims: ['services'],
  readFleetApplications: ['service_applications', 'application_summaries'],
  readFleetFacets: [
    'services',
    'service_applications',
    'application_summaries',
  ],
  readFleetPage: ['services', 'service_applications', 'application_summaries'],
  readServiceRefs: ['services'],
  requestAllSummaries: ['applications', 'application_summaries'],
};

const AT = '2026-11-23T04:00:00.000Z';
const KEY = applicationKey(REF);
const REVISION = {
  repoUrl: 'https://git.example.com/deploy.git',
  revision: 'a',
};
const BRANCHES = {
  applicationKey: KEY,
  repoUrl: REVISION.repoUrl,
  base: 'main',
  template: 'updates',
};
const RANGE = { repoUrl: REVISION.repoUrl, from: 'a', to: 'b' };
const REFRESH_REQUEST = { ref: REF, requestedAt: AT };
const IMAGE = { repository: REPOSITORY, digest: 'sha256:a' };
const NOTICE: Notice = { kind: 'failed', promotion: promotionAt(1) };
const UPDATER: ImageUpdaterResource = {
  namespace: 'argocd',
  name: 'api-dev',
  spec: { applicationRefs: [{ namePattern: 'api-dev' }] },
};
const TAGS = { team: 'shop' };
const KNOWN_IMAGE = { ...IMAGE, tags: ['1.0.0'], seenAt: AT };
const ACTION: StoredAction = {
  record: {
    id: '0f5d3c9e-3d0f-4a4f-8f43-1f6f5f0f4f11',
    action: 'sync',
    state: 'requested',
    application: REF,
    environment: 'dev',
    user: 'user:default/ada',
    requestedAt: AT,
    changedAt: AT,
  },
  entityRef: 'component:default/api',
  request: { action: 'sync' },
  trace: {},
};
const ACTION_REQUEST = {
  userRef: 'user:default/ada',
  idempotencyKey: 'a-key-of-a-request',
};
const LEASE = { name: 'argocd:main', owner: 'me', ttlMs: 1000 };
const ENTITY_REF = 'component:default/api';
const SERVICE = {
  entityRef: ENTITY_REF,
  kind: 'Component',
  namespace: 'default',
  name: 'api',
  claim: {
    claimant: { ref: ENTITY_REF, owners: [] },
    locator: { names: [{ name: 'api-dev' }], problems: [] },
  },
};
const SUMMARY: ApplicationSummary = {
  environment: 'dev',
  cluster: 'in-cluster',
  severity: 0,
  shown: {
    key: 'k',
    application: REF,
    environment: 'dev',
    states: [],
    running: ['1.0.0'],
    health: 'Healthy',
    sync: 'Synced',
  },
};
const FLEET: FleetFilter = {
  instances: ['main', 'edge'],
  unreachable: ['edge'],
};
const FLEET_PART: FleetFilter = {
  ...FLEET,
  visible: [ENTITY_REF],
  search: 'a',
  owner: 'group:default/shop',
  system: 'system:default/shop',
  environment: 'dev',
  cluster: 'in-cluster',
  instance: 'main',
};

/** Runs operations that open their own transactions in an existing one. */
function within(tx: Knex.Transaction): Transactions {
  return { transaction: work => work(tx) };
}

/** Each operation, in every form that changes its SQL. */
const OPERATIONS: Record<
  string,
  ((tx: Knex.Transaction) => Promise<unknown>)[]
> = {
  acquireLease: [tx => acquireLease(tx, LEASE)],
  addActions: [
    tx => addActions(tx, [ACTION], { ...ACTION_REQUEST, requestHash: 'h' }),
  ],
  changeAction: [
    tx => changeAction(tx, { record: ACTION.record, from: ['requested'] }),
  ],
  readActions: [tx => readActions(tx, [ACTION.record.id])],
  readActionsOfRequest: [tx => readActionsOfRequest(tx, ACTION_REQUEST)],
  readActionsPage: [
    tx => readActionsPage(tx, { applicationKeys: [KEY], limit: 10 }),
    tx =>
      readActionsPage(tx, {
        applicationKeys: [KEY, 'other'],
        after: { startedAt: AT, id: ACTION.record.id },
        limit: 10,
      }),
  ],
  readDueActions: [tx => readDueActions(tx, { now: AT, limit: 10 })],
  readOpenActions: [tx => readOpenActions(tx, KEY)],
  readRecentActions: [tx => readRecentActions(tx, KEY, AT)],
  addCommitRanges: [
    tx =>
      addCommitRanges(
        tx,
        [
          {
            applicationKey: KEY,
            wanted: { kind: 'resolve-commits', paths: [], ...RANGE },
          },
        ],
        AT,
      ),
  ],
  addCommitRequests: [
    tx => addCommitRequests(tx, [{ applicationKey: KEY, ...REVISION }], AT),
  ],
  postponeCommitRequest: [
    tx =>
      postponeCommitRequest(
        tx,
        { applicationKey: KEY, ...REVISION },
        { attempts: 1, nextAttemptAt: AT, reason: 'none' },
      ),
  ],
  readDueCommitRequests: [
    tx => readDueCommitRequests(tx, { now: AT, limit: 10 }),
  ],
  addProposalReads: [tx => addProposalReads(tx, [BRANCHES], AT, 'merge')],
  postponeProposalRead: [
    tx =>
      postponeProposalRead(tx, BRANCHES, { attempts: 1, nextAttemptAt: AT }),
  ],
  readDueProposalReads: [
    tx => readDueProposalReads(tx, { now: AT, limit: 10 }),
  ],
  removeProposalReads: [
    tx => removeProposalReads(tx, [{ ...BRANCHES, dueAt: AT }]),
  ],
  addRefreshRequest: [tx => addRefreshRequest(tx, REFRESH_REQUEST)],
  addToNotificationOutbox: [tx => addToNotificationOutbox(tx, [NOTICE])],
  addRepositories: [tx => addRepositories(tx, [REPOSITORY])],
  addRevisionRequests: [
    tx =>
      addRevisionRequests(
        tx,
        [
          {
            applicationKey: KEY,
            instance: 'main',
            revision: { kind: 'resolve-revision', ...REVISION },
          },
        ],
        AT,
      ),
  ],
  addSummaryRequests: [tx => addSummaryRequests(tx, [KEY], AT)],
  requestAllSummaries: [
    tx => requestAllSummaries(tx, { now: AT, perSecond: 100 }),
  ],
  readDueSummaryRequests: [
    tx => readDueSummaryRequests(tx, { now: AT, limit: 10 }),
  ],
  settleSummaryRequests: [
    tx =>
      settleSummaryRequests(
        tx,
        [
          { applicationKey: KEY, token: 't' },
          { applicationKey: 'other', token: 't' },
        ],
        { keys: new Set([KEY]), at: AT },
      ),
  ],
  keepApplications: [tx => keepApplications(tx, [KEY])],
  keepServices: [tx => keepServices(tx, [ENTITY_REF])],
  readSummaries: [tx => readSummaries(tx, [KEY])],
  saveSummaries: [
    tx => saveSummaries(tx, [{ applicationKey: KEY, summary: SUMMARY }]),
  ],
  deleteSummaries: [tx => deleteSummaries(tx, ['other'])],
  saveServices: [
    tx => saveServices(tx, [SERVICE], AT),
    tx => saveServices(tx, [SERVICE], '2026-11-23T05:00:00.000Z'),
  ],
  deleteServices: [tx => deleteServices(tx, AT)],
  readClaims: [tx => readClaims(tx)],
  isStoredClaim: [tx => isStoredClaim(tx, SERVICE.claim)],
  readDueServices: [tx => readDueServices(tx, 10)],
  readServiceRefs: [tx => readServiceRefs(tx)],
  replaceApplicationsOfService: [
    tx =>
      replaceApplicationsOfService(tx, { entityRef: ENTITY_REF, token: 't' }, [
        KEY,
      ]),
    tx =>
      replaceApplicationsOfService(
        tx,
        { entityRef: ENTITY_REF, token: 't' },
        [],
      ),
  ],
  replaceServicesOfApplications: [
    tx =>
      replaceServicesOfApplications(tx, [
        { applicationKey: KEY, entityRefs: [ENTITY_REF] },
      ]),
  ],
  readServicesOfApplications: [
    tx => readServicesOfApplications(tx, [KEY, 'other']),
  ],
  countFleet: [tx => countFleet(tx, FLEET), tx => countFleet(tx, FLEET_PART)],
  readFleetPage: [
    tx => readFleetPage(tx, FLEET, { sort: 'name', limit: 10 }),
    tx =>
      readFleetPage(tx, FLEET_PART, {
        sort: 'urgency',
        state: 'out-of-sync',
        after: { value: 1, sortName: 'api', entityRef: ENTITY_REF },
        limit: 10,
      }),
  ],
  findRepositoriesNamed: [tx => findRepositoriesNamed(tx, 'shop/api')],
  readImageUsers: [
    tx => readImageUsers(tx, FLEET, [REPOSITORY]),
    tx => readImageUsers(tx, FLEET_PART, [REPOSITORY]),
  ],
  readRunningImages: [tx => readRunningImages(tx, [KEY])],
  readFleetApplications: [
    tx =>
      readFleetApplications(tx, FLEET_PART, {
        entityRefs: [ENTITY_REF],
        limit: 10,
      }),
  ],
  readFleetFacets: [
    tx => readFleetFacets(tx, FLEET),
    tx => readFleetFacets(tx, FLEET_PART),
  ],
  addToSignalOutbox: [
    tx =>
      addToSignalOutbox(tx, { keys: [KEY], appeared: false, instances: false }),
  ],
  bumpVersions: [tx => bumpVersions(tx, [scopes.application(KEY)])],
  deleteApplications: [
    tx =>
      deleteApplications(within(tx), {
        orderBy: 'gone_at',
        where: query => query.where('gone_at', '<', AT),
      }),
  ],
  deleteBatches: [
    tx =>
      deleteBatches(within(tx), {
        table: 'revisions',
        key: ['revision', 'repo_url'],
        orderBy: 'seen_at',
        where: query => query.where('seen_at', '<', AT),
      }),
  ],
  deleteInstances: [
    tx => deleteInstances(within(tx), { before: AT, configured: ['main'] }),
  ],
  deleteOld: [
    tx =>
      deleteOld(within(tx), {
        before: AT,
        unsentBefore: AT,
        instances: ['main'],
      }),
  ],
  deleteRows: [tx => deleteRows(tx, 'promotions', ['id'], [{ id: 'p09' }])],
  deleteUnusedRepositories: [
    tx => deleteUnusedRepositories(within(tx), { before: AT }),
  ],
  deletePromotions: [tx => deletePromotions(tx, ['p01'])],
  findApplications: [
    tx => findApplications(tx, { instances: ['main'], names: ['api-dev'] }),
    tx =>
      findApplications(tx, { instances: ['main', 'edge'], project: 'shop' }),
    tx =>
      findApplications(tx, {
        instances: ['main'],
        selector: parseSelector(
          'team=shop,env in (dev,prod),tier,!legacy,stage!=test',
        ),
      }),
    tx =>
      findApplications(tx, {
        instances: ['main'],
        namespace: 'argocd',
        names: ['api-dev', 'api-prod'],
        project: 'shop',
        selector: parseSelector('team=shop'),
      }),
  ],
  countApplications: [
    tx => countApplications(tx, { instances: ['main'], names: ['api-dev'] }),
  ],
  findKeysOfRepository: [tx => findKeysOfRepository(tx, REPOSITORY)],
  findWanting: [tx => findWanting(tx, [REVISION])],
  needsBuilds: [tx => needsBuilds(tx, REPOSITORY)],
  holdsLease: [tx => holdsLease(tx, LEASE)],
  deleteSearches: [tx => deleteSearches(tx, AT)],
  isInUse: [tx => isInUse(tx, REPOSITORY)],
  isReferenced: [tx => isReferenced(tx, REPOSITORY)],
  lockApplications: [tx => lockApplications(tx, [REF])],
  lockImageUpdaters: [tx => lockImageUpdaters(tx, ['main'], 'shared')],
  lockRepositories: [tx => lockRepositories(tx, [REPOSITORY], 'shared')],
  lockRows: [tx => lockRows(tx, [KEY])],
  lockSteady: [tx => lockSteady(tx, [KEY])],
  readSteady: [tx => readSteady(tx, [KEY])],
  markDue: [tx => markDue(tx, REPOSITORY)],
  saveReferencedRepositories: [
    tx => saveReferencedRepositories(tx, [REPOSITORY, 'other'], AT),
  ],
  saveReferencedSearches: [tx => saveReferencedSearches(tx, [TAGS], AT)],
  postponeNotification: [
    tx => postponeNotification(tx, 1, { attempts: 1, nextAttemptAt: AT }),
  ],
  postponeCommitRange: [
    tx =>
      postponeCommitRange(
        tx,
        { applicationKey: KEY, ...RANGE },
        { attempts: 1, nextAttemptAt: AT, reason: 'unreachable' },
      ),
  ],
  postponeRevisionRequests: [
    tx =>
      postponeRevisionRequests(tx, REVISION, {
        attempts: 1,
        nextAttemptAt: AT,
        error: 'e',
      }),
  ],
  readCurrentPromotions: [tx => readCurrentPromotions(tx, [KEY, 'other'])],
  readDueNotifications: [
    tx => readDueNotifications(tx, { now: AT, limit: 10 }),
  ],
  readDueRepositories: [tx => readDueRepositories(tx, { now: AT, limit: 10 })],
  readDueSearches: [tx => readDueSearches(tx, { now: AT, limit: 10 })],
  readCommits: [tx => readCommits(tx, [KEY])],
  readDueCommitRanges: [tx => readDueCommitRanges(tx, { now: AT, limit: 10 })],
  readDueRevisionRequests: [
    tx => readDueRevisionRequests(tx, { instance: 'main', now: AT, limit: 10 }),
  ],
  readLeaseHolders: [tx => readLeaseHolders(tx)],
  readFreeLeases: [tx => readFreeLeases(tx, ['argocd:main'])],
  readQueues: [tx => readQueues(tx, { instances: ['main'], now: AT })],
  readRefreshRequests: [tx => readRefreshRequests(tx, 'main')],
  readBuiltDigests: [tx => readBuiltDigests(tx, REPOSITORY)],
  readPresentImages: [tx => readPresentImages(tx, REPOSITORY)],
  readImagesPage: [
    tx => readImagesPage(tx, { repositories: [REPOSITORY], limit: 5 }),
    tx =>
      readImagesPage(tx, {
        repositories: [REPOSITORY, 'other'],
        after: { startedAt: AT, id: `${REPOSITORY}@sha256:a` },
        limit: 5,
      }),
  ],
  readRecentImages: [
    tx =>
      readRecentImages(tx, { repositories: [REPOSITORY, 'other'], limit: 5 }),
  ],
  readReferencedImages: [
    tx => readReferencedImages(tx, [{ ...IMAGE, tag: '1.0.0' }]),
  ],
  restoreImageTags: [tx => restoreImageTags(tx, REPOSITORY, [KNOWN_IMAGE])],
  readTaggedImages: [tx => readTaggedImages(tx, [REPOSITORY, 'other'])],
  selectForEach: [
    tx =>
      selectForEach(tx, {
        table: 'promotions',
        columns: ['id'],
        given: [{ id: 'p01' }],
        narrow: (query, valueOf) => query.where('id', valueOf('id')).limit(1),
      }),
  ],
  unionAll: [
    tx => unionAll(tx, [tx('promotions').where({ id: 'p01' }).limit(1)]),
  ],
  readKnownTags: [tx => readKnownTags(tx, REPOSITORY)],
  readImagesByDigest: [
    tx => readImagesByDigest(tx, [IMAGE, { ...IMAGE, digest: 'sha256:b' }]),
  ],
  readInstallationKey: [tx => readInstallationKey(tx, 'signals')],
  readInstances: [tx => readInstances(tx, ['main', 'edge'], AT)],
  readUpdateProgress: [
    tx =>
      readUpdateProgress(tx, [
        { repository: REPOSITORY, version: { tag: '1.0.1' } },
        { repository: 'other', version: { tag: '1.0.1' } },
      ]),
  ],
  readSignalOutbox: [tx => readSignalOutbox(tx, { limit: 10, before: AT })],
  readPerformance: [
    tx =>
      readPerformance(tx, {
        applicationKeys: [KEY, 'other'],
        buckets: { startMs: 0, endMs: 10, stepMs: 1 },
      }),
  ],
  readServiceEnvironments: [
    tx =>
      readServiceEnvironments(tx, {
        visible: ['component:default/api', 'component:default/web'],
        instances: ['main'],
        unreachable: [],
        owner: 'group:default/shop',
      }),
  ],
  readWatchedSince: [tx => readWatchedSince(tx, [KEY, 'other'])],
  readPromotionsPage: [
    tx => readPromotionsPage(tx, { applicationKeys: [KEY], limit: 10 }),
    tx =>
      readPromotionsPage(tx, {
        applicationKeys: [KEY, 'other'],
        repository: REPOSITORY,
        outcome: 'open',
        after: { startedAt: AT, id: 'p01' },
        limit: 10,
      }),
    tx =>
      readPromotionsPage(tx, {
        applicationKeys: [KEY],
        outcome: 'live',
        limit: 10,
      }),
  ],
  readLatestStarts: [
    tx =>
      readLatestStarts(tx, {
        applicationKeys: [KEY, 'other'],
        repository: REPOSITORY,
        limit: 10,
      }),
    tx =>
      readLatestStarts(tx, {
        applicationKeys: [KEY, 'other'],
        repository: REPOSITORY,
        after: { startedAt: AT, id: 'p01' },
        limit: 10,
      }),
  ],
  readPromotionsById: [tx => readPromotionsById(tx, ['p01', 'p02'])],
  readStartsOfVersions: [
    tx =>
      readStartsOfVersions(tx, {
        applicationKeys: [KEY, 'other'],
        repository: REPOSITORY,
        versions: [{ tag: '1.0.1', digest: 'sha256:a' }],
      }),
    tx =>
      readStartsOfVersions(tx, {
        applicationKeys: Array.from({ length: 101 }, (_, key) => String(key)),
        repository: REPOSITORY,
        versions: [{ tag: '1.0.1', digest: 'sha256:a' }],
      }),
  ],
  readRefs: [tx => readRefs(tx, [KEY, 'other'])],
  readRelevantPromotions: [
    tx =>
      readRelevantPromotions(tx, {
        applications: [{ key: KEY, repositories: [REPOSITORY, 'other'] }],
        ended: 20,
      }),
  ],
  readRepositoryStates: [tx => readRepositoryStates(tx, [REPOSITORY, 'other'])],
  readResourceVersions: [tx => readResourceVersions(tx, 'main')],
  readSearches: [tx => readSearches(tx, [searchKey(TAGS), 'other'])],
  readRevisions: [tx => readRevisions(tx, ['a', 'b'])],
  readImageUpdaters: [tx => readImageUpdaters(tx, [REF])],
  findSelectedBy: [
    tx => findSelectedBy(tx, 'main', [UPDATER]),
    tx =>
      findSelectedBy(tx, 'main', [
        { ...UPDATER, spec: { applicationRefs: [{ namePattern: 'api-*' }] } },
      ]),
  ],
  keepManagers: [tx => keepManagers(tx, 'main', [KEY])],
  replaceImageUpdaters: [
    tx =>
      replaceImageUpdaters(tx, {
        instance: 'main',
        manager: KEY,
        updaters: [UPDATER],
      }),
    tx =>
      replaceImageUpdaters(tx, {
        instance: 'main',
        manager: kubernetesKey('main'),
        updaters: [UPDATER],
      }),
    tx =>
      replaceImageUpdaters(tx, {
        instance: 'main',
        manager: KEY,
        updaters: [],
      }),
  ],
  saveImageDetails: [
    tx =>
      saveImageDetails(tx, REPOSITORY, [
        { ...IMAGE, tags: [], sizeInBytes: 1 },
      ]),
  ],
  readImageDetails: [tx => readImageDetails(tx, [IMAGE])],
  insertRows: [
    tx =>
      insertRows(tx, 'application_repositories', [
        { application_key: KEY, repository: REPOSITORY },
      ]),
  ],
  readWaitingForSync: [
    tx =>
      readWaitingForSync(tx, {
        instance: 'main',
        committedBefore: AT,
        limit: 10,
      }),
  ],
  readVersion: [
    tx => readVersion(tx, bucketsOf([scopes.application(KEY)])),
    tx =>
      readVersion(
        tx,
        Array.from({ length: 101 }, (_, scope) => scope),
      ),
  ],
  readVersions: [tx => readVersions(tx, [scopes.images(REPOSITORY)])],
  readUnreadable: [tx => readUnreadable(tx, [REF])],
  readUnreadableReasons: [
    tx => readUnreadableReasons(tx, { kind: 'sync-windows', instance: 'main' }),
  ],
  removeUnreadable: [tx => removeUnreadable(tx, 'sync-windows', [KEY])],
  saveUnreadable: [
    tx =>
      saveUnreadable(tx, {
        kind: 'sync-windows',
        application_key: KEY,
        instance: 'main',
        reason: 'failed',
      }),
  ],
  releaseLease: [tx => releaseLease(tx, LEASE)],
  removeFromSignalOutbox: [tx => removeFromSignalOutbox(tx, [1, 2])],
  removeRefreshRequests: [tx => removeRefreshRequests(tx, [REFRESH_REQUEST])],
  recordStuck: [
    tx => recordStuck(tx, [{ promotionId: 'p01', code: 'merge-pending' }]),
  ],
  removeFromNotificationOutbox: [tx => removeFromNotificationOutbox(tx, [1])],
  removeRevisionRequests: [
    tx => removeRevisionRequests(tx, [{ applicationKey: KEY, ...REVISION }]),
  ],
  retryRevisionRequests: [tx => retryRevisionRequests(tx, [KEY], AT)],
  replaceLabels: [tx => replaceLabels(tx, [{ key: KEY, labels: { a: 'b' } }])],
  replaceRepositories: [
    tx =>
      replaceRepositories(tx, [
        {
          key: KEY,
          repositories: [{ repository: REPOSITORY, needsBuilds: true }],
        },
      ]),
  ],
  saveApplications: [tx => saveApplications(tx, [])],
  saveImages: [tx => saveImages(tx, [KNOWN_IMAGE], AT)],
  saveInstance: [
    tx => saveInstance(tx, { name: 'main', state: 'live', since: AT }),
  ],
  saveDeployedChanges: [
    tx =>
      saveDeployedChanges(tx, [
        { applicationKey: KEY, promotion: promotionAt(1) },
      ]),
  ],
  savePromotions: [tx => savePromotions(tx, [])],
  saveReconciled: [
    tx =>
      saveReconciled(tx, [
        {
          key: KEY,
          resource_version: '2',
          reconciled_at: AT,
          steady_hash: null,
        },
      ]),
  ],
  saveRepositoryRead: [
    tx => saveRepositoryRead(tx, REPOSITORY, { readAt: AT, nextReadAt: AT }),
    tx =>
      saveRepositoryRead(tx, REPOSITORY, {
        readAt: AT,
        nextReadAt: AT,
        tagMutability: { isMutable: true, exceptions: [] },
      }),
    tx =>
      saveRepositoryRead(tx, REPOSITORY, {
        error: 'e',
        errorCode: 'read-failed',
        failures: 1,
        nextReadAt: AT,
      }),
  ],
  saveSearch: [
    tx =>
      saveSearch(tx, searchKey(TAGS), {
        repositories: [REPOSITORY],
        error: 'e',
        failures: 1,
        nextSearchAt: AT,
      }),
  ],
  clearUnreferenced: [tx => clearUnreferenced(tx, AT)],
  saveCommits: [tx => saveCommits(tx, { applicationKey: KEY, ...RANGE }, [])],
  saveRevisions: [
    tx =>
      saveRevisions(tx, [
        { ...REVISION, author: 'a', date: AT, message: 'm', seenAt: AT },
      ]),
  ],
};

function operationsOnDisk(): string[] {
  const folder = join(__dirname, 'operations');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap(file => [
      ...readFileSync(join(folder, file), 'utf8').matchAll(
        /^export async function (\w+)/gm,
      ),
    ])
    .map(([, name]) => name)
    .sort();
}

describe.each(databases.eachSupportedId())('queries on %s', id => {
  it('are all covered', () => {
    expect(Object.keys(OPERATIONS).sort()).toEqual(operationsOnDisk());
  });

  it('never scan a table that grows', async () => {
    const database = await createDatabase(databases, id);
    await store(
      database,
      [1, 2, 3].map(minute => promotionAt(minute)),
    );
    const found: string[] = [];
    for (const [operation, runs] of Object.entries(OPERATIONS)) {
      const statements = await statementsOf(database.knex, () =>
        database.transaction(async tx => {
          for (const run of runs) {
            await run(tx);
          }
        }),
      );
      for (const statement of statements) {
        for (const table of await fullyReadTables(database.knex, statement)) {
          // Subqueries and lists of values aren't tables.
          if (
            !SMALL_TABLES.includes(table) &&
            !READS_ALL[operation]?.includes(table) &&
            (await database.knex.schema.hasTable(table))
          ) {
            found.push(`${operation} reads all of ${table}: ${statement.sql}`);
          }
        }
      }
    }
    expect(found).toEqual([]);
  });

  it('would be detected if they did', async () => {
    const { knex } = await createDatabase(databases, id);
    const [statement] = await statementsOf(knex, () =>
      knex('promotions').where({ document: '{}' }).select('id'),
    );
    expect(await fullyReadTables(knex, statement)).toEqual(['promotions']);
  });
});
