import { FIRST_TAG, type Scenario } from '../types';
import { push } from './actions';

const PREFIX = 'argocd-image-updater.argoproj.io';

/** What the Image Updater doesn't do about a push. */
export const UPDATER: Scenario[] = [
  {
    name: 'not-enabled',
    story: 'no ImageUpdater selects an application with annotations',
    service: { updater: 'none' },
    steps: [
      push,
      { code: 'updater-cycle', words: 'Waits for the next cycle' },
      {
        code: 'updater-not-enabled',
        words: 'no ImageUpdater resource with useAnnotations is seen',
      },
    ],
  },
  {
    name: 'unmerged-branch',
    story: 'the Image Updater commits to a branch that nobody merges',
    service: { annotations: { [`${PREFIX}/git-branch`]: 'main:updates' } },
    steps: [
      push,
      {
        does: 'the Image Updater commits it to its branch',
        run: scenario => scenario.untilCommitted('updates'),
      },
      {
        code: 'updater-overdue',
        words:
          'No commit that brought it was seen, although the Image Updater had time to make one (it last looked at ',
      },
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
        words: 'not for linux/arm64, but for linux/amd64',
      },
      // Nothing is on its way.
      { timeline: { [FIRST_TAG]: 'live' } },
    ],
  },
  {
    name: 'credentials-refused',
    story: 'the Image Updater gets no credentials for Git',
    service: {
      annotations: { [`${PREFIX}/write-back-method`]: 'git:secret:git-creds' },
      updater: application => ({
        applicationRefs: [{ namePattern: application, useAnnotations: true }],
      }),
    },
    steps: [
      push,
      {
        code: 'updater-failing',
        words:
          'reports: 1 error(s) occurred during image update checks. (ImageUpdater argocd/credentials-refused',
      },
    ],
  },
  {
    name: 'tags-not-allowed',
    story: 'somebody narrows allow-tags after the push',
    service: { updater: 'none' },
    steps: [
      push,
      { code: 'updater-cycle', words: 'Waits for the next cycle' },
      {
        does: 'allow-tags is narrowed',
        run: scenario =>
          scenario.annotate({ [`${PREFIX}/app.allow-tags`]: 'regexp:^v' }),
      },
      {
        code: 'policy-passes-over',
        words: 'passes over 1.0.1: allow-tags',
      },
    ],
  },
  {
    name: 'constraint-narrowed',
    story: 'somebody narrows the constraint after the push',
    service: { updater: 'none' },
    steps: [
      push,
      { code: 'updater-cycle', words: 'Waits for the next cycle' },
      {
        does: 'the constraint is narrowed',
        run: scenario => {
          const image = scenario.world.imageName(scenario.plan.repository);
          return scenario.annotate({
            [`${PREFIX}/image-list`]: `app=${image}:~2.0`,
          });
        },
      },
      {
        code: 'policy-passes-over',
        words: 'passes over 1.0.1: outside the constraint ~2.0',
      },
    ],
  },
  {
    name: 'tags-ignored',
    story: 'somebody has the tag ignored after the push',
    service: { updater: 'none' },
    steps: [
      push,
      { code: 'updater-cycle', words: 'Waits for the next cycle' },
      {
        does: 'ignore-tags is set',
        run: scenario =>
          scenario.annotate({ [`${PREFIX}/app.ignore-tags`]: '1.0.*' }),
      },
      {
        code: 'policy-passes-over',
        words: 'passes over 1.0.1: ignore-tags 1.0.*',
      },
    ],
  },
];
