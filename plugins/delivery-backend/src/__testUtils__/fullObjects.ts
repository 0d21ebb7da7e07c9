import type { Entity } from '@backstage/catalog-model';
import type { RevisionResolved } from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';

/** @internal */
export const SEEN_AT = '2026-11-23T06:00:00.000Z';
const AT = '2026-11-23T05:00:00Z';
/** @internal */
export const REPOSITORY =
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
const SHA = 'd32a0714e2af32cb296fa5082d87d51ae34edb2c';
const DIGEST = `sha256:${'1'.repeat(64)}`;

const source = {
  repoURL: 'https://git.example.com/deploy.git',
  path: 'apps/api',
  chart: 'api',
  targetRevision: 'main',
  helm: { parameters: [{ name: 'image.tag', value: '1.0.0' }] },
  kustomize: { images: [`${REPOSITORY}:1.0.0`] },
};
const initiatedBy = { username: 'chris', automated: false };

/** An Application as Argo CD sends it, with every field that is read. @internal */
export const APPLICATION = {
  metadata: {
    name: 'api',
    namespace: 'argocd',
    uid: 'uid',
    resourceVersion: '1',
    creationTimestamp: AT,
    deletionTimestamp: AT,
    labels: { team: 'shop' },
    annotations: {
      'argocd-image-updater.argoproj.io/image-list': `app=${REPOSITORY}:~1.0`,
      'argocd-image-updater.argoproj.io/app.update-strategy': 'semver',
      'argocd-image-updater.argoproj.io/app.allow-tags': 'regexp:^1',
      'argocd-image-updater.argoproj.io/app.helm.image-tag': 'image.tag',
      'argocd-image-updater.argoproj.io/write-back-method': 'git',
      'link.argocd.argoproj.io/logs': 'https://logs.example.com',
      'argocd.argoproj.io/manifest-generate-paths': '/apps/api',
    },
  },
  spec: {
    project: 'shop',
    destination: { server: 'https://k8s', name: 'prod', namespace: 'shop' },
    source,
    sources: [source],
    sourceHydrator: {
      drySource: { repoURL: source.repoURL },
      syncSource: { targetBranch: 'hydrated', path: 'apps' },
    },
    syncPolicy: { automated: {} },
  },
  status: {
    sync: { status: 'OutOfSync', revision: SHA, revisions: [SHA] },
    health: { status: 'Degraded', message: 'm', lastTransitionTime: AT },
    summary: {
      images: [`${REPOSITORY}:1.0.0`],
      externalURLs: ['https://api.example.com'],
    },
    history: [
      {
        id: 0,
        revision: SHA,
        revisions: [SHA],
        source,
        sources: [source],
        deployStartedAt: AT,
        deployedAt: AT,
        initiatedBy,
      },
    ],
    operationState: {
      phase: 'Failed',
      message: 'm',
      startedAt: AT,
      finishedAt: AT,
      operation: {
        info: [{ name: 'landfall-correlation-id', value: 'c' }],
        initiatedBy,
        sync: { revision: SHA, revisions: [SHA] },
      },
      syncResult: {
        revision: SHA,
        revisions: [SHA],
        resources: [{ status: 'Synced', images: [`${REPOSITORY}:1.0.1`] }],
      },
    },
    conditions: [{ type: 't', message: 'm', lastTransitionTime: AT }],
    resources: [
      {
        group: 'apps',
        kind: 'Deployment',
        namespace: 'shop',
        name: 'api',
        status: 'OutOfSync',
        health: { status: 'Degraded', message: 'm', lastTransitionTime: AT },
      },
    ],
    reconciledAt: AT,
  },
};

const settings = {
  updateStrategy: 'semver',
  allowTags: 'regexp:^1',
  ignoreTags: ['latest'],
  pullSecret: 'secret',
  platforms: ['linux/amd64'],
};
const writeBackConfig = {
  method: 'git',
  gitConfig: {
    repository: source.repoURL,
    branch: 'main',
    writeBackTarget: 'helmvalues',
    pullRequest: { github: {} },
  },
};

/** An ImageUpdater as stored in the cluster, with all that is read. @internal */
export const IMAGE_UPDATER = {
  metadata: { name: 'updater', namespace: 'argocd' },
  spec: {
    commonUpdateSettings: settings,
    writeBackConfig,
    applicationRefs: [
      {
        namePattern: 'api',
        labelSelectors: {
          matchLabels: { team: 'shop' },
          matchExpressions: [{ key: 'team', operator: 'In', values: ['shop'] }],
        },
        commonUpdateSettings: settings,
        writeBackConfig,
        images: [
          {
            alias: 'app',
            imageName: `${REPOSITORY}:~1.0`,
            commonUpdateSettings: settings,
            manifestTargets: {
              helm: { name: 'n', tag: 't', spec: 's' },
              kustomize: { name: 'n' },
              plugin: { name: 'n', tag: 't', spec: 's' },
            },
          },
        ],
      },
    ],
  },
  status: {
    lastCheckedAt: AT,
    conditions: [{ type: 'Error', status: 'True', message: 'm' }],
  },
};

/** @internal */
export const IMAGE: RegistryImage = {
  repository: REPOSITORY,
  digest: DIGEST,
  tags: ['1.0.1'],
  pushedAt: '2026-11-23T05:00:00.000Z',
  builds: [{ platform: 'linux/amd64', builtAt: AT }],
  sizeInBytes: 1,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  artifactMediaType: 'application/vnd.oci.image.config.v1+json',
  children: [{ digest: DIGEST, platform: 'linux/amd64' }],
  childOf: [DIGEST],
  lastPulledAt: AT,
  scan: {
    status: 'COMPLETE',
    description: 'd',
    at: AT,
    severities: { HIGH: 1 },
  },
};

/** @internal */
export const REVISION: RevisionResolved = {
  kind: 'revision-resolved',
  repoUrl: source.repoURL,
  revision: SHA,
  author: 'Chris <chris@example.com>',
  date: AT,
  message: 'm',
  seenAt: SEEN_AT,
};

/** @internal */
export const ENTITY: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'api',
    annotations: {
      'aws.amazon.com/amazon-ecr-arn':
        'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api',
      'aws.amazon.com/amazon-ecr-tags': 'team=shop',
    },
  },
};
