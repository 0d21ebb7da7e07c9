import type { Action } from '../types';

export const push: Action = {
  does: 'CI pushes the next version',
  run: scenario => scenario.push(),
};

/** Until then, it isn't known whether the pushed version is committed. */
export const compare: Action = {
  does: 'Argo CD compares the application',
  run: async ({ cluster, name }) => {
    await cluster.argocd('GET', `/api/v1/applications/${name}?refresh=normal`);
  },
};

/** Argo CD compares the application no more, also not with new commits. */
export const stopComparing: Action = {
  does: 'reconciliation is switched off',
  run: scenario =>
    scenario.annotate({ 'argocd.argoproj.io/skip-reconcile': 'true' }),
};

/** Adds a sync window to the project for one application only. */
export function syncWindow(
  kind: 'allow' | 'deny',
  schedule: string,
  duration: string,
): Action {
  return {
    does: `the project gets a window: ${kind} ${schedule} for ${duration}`,
    run: ({ windows, name }) =>
      windows.add({ kind, schedule, duration, applications: [name] }),
  };
}

/** Pods of the next version don't become ready. */
export const failRollout: Action = {
  does: 'the next version is one that does not start',
  run: ({ cluster, name }) => cluster.failRollout(name),
};
