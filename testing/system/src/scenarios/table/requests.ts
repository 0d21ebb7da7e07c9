import { waitUntil } from '@landfall/testing-kit';
import { FIRST_TAG, NEXT_TAG } from '../expectations';
import { MergeRequests } from '../MergeRequests';
import type { ScenarioRun } from '../ScenarioRun';
import type { Action, Scenario } from '../types';
import { compare, push, stopComparing } from './actions';

const BRANCH = 'argocd-image-updater.argoproj.io/git-branch';
const UPDATES = 'updates';
const MERGED_MS = 60_000;

function requestsOf({ cluster, name }: ScenarioRun): MergeRequests {
  const repository = `deploy-${name}`;
  return new MergeRequests(cluster.git.cloneUrl(repository), repository);
}

const commit: Action = {
  does: 'the Image Updater commits it to its branch',
  run: scenario => scenario.untilCommitted(UPDATES),
};

const open: Action = {
  does: 'somebody opens a merge request',
  run: async scenario => {
    await requestsOf(scenario).open(UPDATES, `Take ${NEXT_TAG}`);
  },
};

/** Its stages and request, as the portal shows them in the timeline. */
const shownWithRequest: Action = {
  does: 'the portal shows when it was proposed, and the request of its commit',
  run: ({ portal, name }) =>
    waitUntil(
      `the promotion of ${NEXT_TAG} was proposed and merged by request 1`,
      async () => {
        const found = portal
          .promotionsOf(name)
          .find(({ version }) => version.tag === NEXT_TAG);
        return (
          found?.stages.proposed !== undefined &&
          found.proposal?.request?.state === 'merged' &&
          found.commit?.exact === true &&
          found.commit.request?.number === 1
        );
      },
      {
        timeoutMs: MERGED_MS,
        intervalMs: 250,
        detail: () => JSON.stringify(portal.promotionsOf(name)),
      },
    ),
};

/** Updates that somebody must merge. */
export const REQUESTS: Scenario[] = [
  {
    name: 'unmerged-branch',
    story: 'the Image Updater commits to a branch that nobody merges',
    service: { annotations: { [BRANCH]: `main:${UPDATES}` } },
    steps: [
      push,
      commit,
      compare,
      {
        code: 'request-missing',
        words: {
          code: 'advice.open-request',
          parameters: { branch: UPDATES, base: 'main' },
        },
      },
    ],
  },
  {
    name: 'merge-request',
    story: 'an update is proposed, waits for a merge, and goes live',
    service: { annotations: { [BRANCH]: `main:${UPDATES}` } },
    steps: [
      push,
      commit,
      open,
      { code: 'merge-pending', words: '/pulls/1' },
      {
        does: 'somebody merges it',
        run: scenario => requestsOf(scenario).merge(1),
      },
      compare,
      shownWithRequest,
      { timeline: { [FIRST_TAG]: 'superseded', [NEXT_TAG]: 'live' } },
    ],
  },
  {
    name: 'closed-request',
    story: 'somebody closes the request of an update without merging it',
    service: { annotations: { [BRANCH]: `main:${UPDATES}` } },
    steps: [
      push,
      commit,
      open,
      {
        does: 'somebody closes it',
        run: scenario => requestsOf(scenario).close(1),
      },
      { code: 'request-closed', words: '/pulls/1' },
    ],
  },
  {
    name: 'merged-unseen',
    story: 'a request is merged while Argo CD does not look',
    service: { annotations: { [BRANCH]: `main:${UPDATES}` } },
    steps: [
      push,
      commit,
      open,
      { code: 'merge-pending', words: '/pulls/1' },
      stopComparing,
      {
        does: 'somebody merges it',
        run: scenario => requestsOf(scenario).merge(1),
      },
      { code: 'merge-not-compared', words: '/pulls/1' },
    ],
  },
];
