import type { Message } from '@landfall/backstage-plugin-delivery-common';
import type { Action, Scenario } from '../types';
import { FIRST_TAG, NEXT_TAG } from '../expectations';
import { failRollout, push, syncWindow } from './actions';

const SKIP_RECONCILE = 'argocd.argoproj.io/skip-reconcile';

const BROKEN = { 'templates/broken.yaml': '{{ .Values.image.tag | nope }}\n' };

const breakChart: Action = {
  does: 'somebody commits a chart that cannot be rendered',
  run: scenario => scenario.commit('Break the chart', BROKEN),
};

/** A Job that runs before each sync. */
const MIGRATION = {
  'migration.yaml': `apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-migration
  annotations:
    argocd.argoproj.io/hook: PreSync
    argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
spec:
  template:
    spec:
      containers:
        - name: main
          image: {{ printf "%s:%s" .Values.image.repository .Values.image.tag | quote }}
`,
};

const failHooks: Action = {
  does: 'the next migration is one that fails',
  run: ({ cluster, name }) => cluster.failHooks(name),
};

/** What keeps a commit from being applied. */
export const SYNC: Scenario[] = [
  {
    name: 'not-refreshed',
    story: 'reconciliation is switched off for the application',
    service: { writeBack: 'argocd' },
    steps: [
      {
        does: 'reconciliation is switched off',
        run: scenario => scenario.annotate({ [SKIP_RECONCILE]: 'true' }),
      },
      push,
      { code: 'not-refreshed' },
    ],
  },
  {
    name: 'comparison-failed',
    story: 'the chart breaks before the version is synced',
    service: { automated: false },
    steps: [
      push,
      { code: 'automated-sync-off' },
      breakChart,
      { code: 'comparison-failed', words: 'nope' },
    ],
  },
  {
    name: 'broken-chart',
    story: 'the chart is broken when the version is pushed',
    steps: [
      breakChart,
      {
        does: 'Argo CD finds it broken',
        run: ({ cluster, name }) =>
          cluster.until(
            name,
            'cannot be compared',
            ({ status }) => status.sync.status === 'Unknown',
          ),
      },
      push,
      { code: 'comparison-failed', words: 'nope' },
    ],
  },
  {
    name: 'synced-by-hand',
    story: 'automated sync is off',
    service: { automated: false },
    steps: [
      push,
      {
        code: 'automated-sync-off',
        words: { code: 'advice.sync-application', parameters: {} },
      },
    ],
  },
  {
    name: 'commits-together',
    story: 'another commit follows before Argo CD has looked',
    service: { automated: false },
    steps: [
      {
        does: 'Argo CD does not look for a while',
        run: scenario => scenario.annotate({ [SKIP_RECONCILE]: 'true' }),
      },
      push,
      {
        does: 'the Image Updater commits, and then somebody else',
        run: async scenario => {
          await scenario.untilCommitted();
          await scenario.commit('Say what it is', {
            'README.md': 'A service.\n',
          });
        },
      },
      {
        does: 'Argo CD looks again',
        run: scenario => scenario.annotate({ [SKIP_RECONCILE]: null }),
      },
      {
        code: 'automated-sync-off',
        words: {
          code: 'cause.commit-not-observed',
          parameters: { version: '1.0.1' },
        },
      },
    ],
  },
  {
    name: 'rollback-undone',
    story: 'a rollback, in Argo CD and in Git, that the Image Updater undoes',
    service: { automated: false },
    steps: [
      push,
      { code: 'automated-sync-off' },
      {
        does: 'somebody syncs, and rolls back',
        run: async scenario => {
          const { cluster, name, portal } = scenario;
          const before = (await cluster.application(name))?.status.history;
          await cluster.sync(name);
          await scenario.untilRuns(NEXT_TAG);
          await portal.untilLive(name, NEXT_TAG);
          await cluster.rollback(name, before?.at(-1)?.id ?? 0);
          await scenario.untilRuns(FIRST_TAG);
        },
      },
      {
        does: 'somebody takes the commit back',
        run: scenario => {
          const values = `${scenario.plan.path}/values-app.yaml`;
          return scenario.commit('Go back', {
            'values-app.yaml': scenario.chart()[values],
          });
        },
      },
      {
        code: 'rollback-undone',
        words: {
          code: 'stuck.rollback-undone',
          parameters: { version: '1.0.1' },
        },
      },
    ],
  },
  {
    name: 'window-denies',
    story: 'a sync window of the project denies syncs',
    steps: [
      syncWindow('deny', '* * * * *', '1h'),
      push,
      { code: 'sync-pending' },
      {
        code: 'sync-window-closed',
        words: window('cause.window-denies', '1h', '* * * * *'),
      },
    ],
  },
  {
    name: 'window-not-open',
    story: 'syncs are allowed in a window alone, which is not open',
    steps: [
      // February 30th never comes.
      syncWindow('allow', '0 9 30 2 *', '8h'),
      push,
      {
        code: 'sync-window-closed',
        words: window('cause.window-awaited', '8h', '0 9 30 2 *'),
      },
    ],
  },
  {
    name: 'window-closes',
    story: 'a window closes while a sync is tried again',
    service: { templates: MIGRATION },
    steps: [
      failHooks,
      push,
      { code: 'sync-failing', words: 'Retrying attempt #1' },
      syncWindow('deny', '* * * * *', '1h'),
      {
        code: 'sync-window-closed',
        words: 'Sync operation blocked by sync window',
      },
    ],
  },
  {
    name: 'sync-waits',
    story: 'a sync waits for what it applied first',
    service: {
      // The Deployment is in a wave before the ConfigMap's, and its deadline is
      // too long to be reached.
      deploymentSpec: '  progressDeadlineSeconds: 600\n',
      templates: {
        'last.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-last
  annotations: {argocd.argoproj.io/sync-wave: '1'}
data: {tag: {{ .Values.image.tag | quote }}}
`,
      },
    },
    steps: [
      failRollout,
      push,
      {
        code: 'syncing',
        words: 'waiting for healthy state of apps/Deployment/sync-waits',
      },
    ],
  },
  {
    name: 'sync-tried-again',
    story: 'a hook fails, and the sync is tried again',
    service: { templates: MIGRATION },
    steps: [
      failHooks,
      push,
      { code: 'sync-failing', words: 'Retrying attempt #1' },
    ],
  },
  {
    name: 'sync-failed',
    story: 'a hook fails, and the sync with it',
    service: {
      templates: MIGRATION,
      syncPolicy: { retry: { limit: 0 } },
    },
    steps: [
      failHooks,
      push,
      {
        code: 'sync-failing',
        words: 'one or more synchronization tasks completed unsuccessfully',
      },
    ],
  },
];

function window(
  code: 'cause.window-denies' | 'cause.window-awaited',
  duration: string,
  schedule: string,
): Message {
  return {
    code,
    parameters: {
      windows: { code: 'cause.window', parameters: { duration, schedule } },
    },
  };
}
