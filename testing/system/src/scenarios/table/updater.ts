import type {
  Message,
  VerdictReason,
} from '@landfall/backstage-plugin-delivery-common';
import { FIRST_TAG, NEXT_TAG } from '../expectations';
import type { Scenario } from '../types';
import { compare, push } from './actions';

const PREFIX = 'argocd-image-updater.argoproj.io';

/** The applications of one configuration repository. */
const SHARING = [
  'shared-repository',
  'shared-repository-2',
  'shared-repository-3',
];

/** What keeps the Image Updater from committing a pushed version. */
export const UPDATER: Scenario[] = [
  {
    name: 'not-enabled',
    story: 'no ImageUpdater selects an application with annotations',
    service: { updater: 'none' },
    steps: [
      push,
      { code: 'updater-cycle' },
      compare,
      {
        code: 'updater-not-enabled',
        words: { code: 'advice.enable-updater', parameters: {} },
      },
    ],
  },
  {
    name: 'shared-repository',
    story: 'three applications of one repository are updated in one cycle',
    service: { updater: 'none' },
    steps: [
      {
        does: 'two more applications of the repository run the image',
        run: async scenario => {
          await scenario.share('shared-repository-2');
          await scenario.share('shared-repository-3');
        },
      },
      push,
      {
        does: 'the commits for all three arrive before Argo CD looks again',
        run: scenario => scenario.updateTogether(SHARING),
      },
      { ownCommit: SHARING },
    ],
  },
  {
    name: 'other-platform',
    story: 'the image is not built for the platform that the policy wants',
    service: {
      annotations: {
        [`${PREFIX}/app.update-strategy`]: 'newest-build',
        [`${PREFIX}/app.platforms`]: 'linux/arm64',
      },
    },
    steps: [
      push,
      {
        verdict: 'platform-missing',
        words: {
          code: 'verdict.platform-missing',
          parameters: { found: 'linux/amd64', wanted: 'linux/arm64' },
        },
      },
      // No promotion is under way.
      { timeline: { [FIRST_TAG]: 'live' } },
    ],
  },
  {
    name: 'branch-missing',
    story: 'the branch that the Image Updater writes to does not exist',
    service: {
      annotations: { [`${PREFIX}/git-branch`]: 'missing' },
      updater: application => ({
        applicationRefs: [{ namePattern: application, useAnnotations: true }],
      }),
    },
    steps: [
      push,
      {
        code: 'updater-failing',
        words: {
          code: 'stuck.updater-failing',
          parameters: {
            updater: 'argocd/branch-missing',
            message: '1 error(s) occurred during image update checks.',
          },
        },
      },
    ],
  },
  {
    name: 'tags-not-allowed',
    story: 'somebody narrows allow-tags after the push',
    service: { updater: 'none' },
    steps: [
      push,
      { code: 'updater-cycle' },
      {
        does: 'allow-tags is narrowed',
        run: scenario =>
          scenario.annotate({ [`${PREFIX}/app.allow-tags`]: 'regexp:^v' }),
      },
      {
        code: 'policy-passes-over',
        words: passedOver({
          code: 'verdict.not-allowed',
          parameters: { allowTags: 'regexp:^v' },
        }),
      },
    ],
  },
  {
    name: 'constraint-narrowed',
    story: 'somebody narrows the constraint after the push',
    service: { updater: 'none' },
    steps: [
      push,
      { code: 'updater-cycle' },
      {
        does: 'the constraint is narrowed',
        run: scenario => {
          const image = scenario.cluster.imageName(scenario.plan.repository);
          return scenario.annotate({
            [`${PREFIX}/image-list`]: `app=${image}:~2.0`,
          });
        },
      },
      {
        code: 'policy-passes-over',
        words: passedOver({
          code: 'verdict.outside-constraint',
          parameters: { constraint: '~2.0' },
        }),
      },
    ],
  },
  {
    name: 'tags-ignored',
    story: 'somebody has the tag ignored after the push',
    service: { updater: 'none' },
    steps: [
      push,
      { code: 'updater-cycle' },
      {
        does: 'ignore-tags is set',
        run: scenario =>
          scenario.annotate({ [`${PREFIX}/app.ignore-tags`]: '1.0.*' }),
      },
      {
        code: 'policy-passes-over',
        words: passedOver({
          code: 'verdict.ignored',
          parameters: { pattern: '1.0.*' },
        }),
      },
    ],
  },
];

function passedOver(verdict: VerdictReason): Message {
  return {
    code: 'stuck.policy-passes-over',
    parameters: { version: NEXT_TAG, verdict },
  };
}
