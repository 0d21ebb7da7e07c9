import { NEXT_TAG } from '../expectations';
import type { Scenario } from '../types';
import { compare, push, stopComparing } from './actions';

const PREFIX = 'argocd-image-updater.argoproj.io';

/** An image with the settings of two tools, which the Image Updater leaves out. */
const ambiguous = (application: string, imageName: string) => ({
  applicationRefs: [
    {
      namePattern: application,
      images: [
        {
          alias: 'app',
          imageName,
          manifestTargets: {
            helm: { name: 'image.repository', tag: 'image.tag' },
            kustomize: { name: 'app' },
          },
        },
      ],
    },
  ],
});

/** A pushed version of which nobody says why it isn't committed. */
export const SILENCE: Scenario[] = [
  {
    name: 'not-compared',
    story: 'Argo CD has not compared since the push',
    service: { updater: 'none' },
    steps: [
      stopComparing,
      push,
      { code: 'updater-cycle' },
      { code: 'comparison-pending' },
    ],
  },
  {
    name: 'not-visible',
    story:
      'the ImageUpdater that updated the application before is not managed',
    service: { updater: 'none', isWrittenByUpdater: true },
    steps: [
      push,
      compare,
      {
        code: 'updater-not-visible',
        words: { code: 'advice.updater-log', parameters: {} },
      },
    ],
  },
  {
    name: 'other-repository',
    story: 'the Image Updater writes to a repository that Argo CD does not use',
    service: {
      updater: application => ({
        applicationRefs: [{ namePattern: application, useAnnotations: true }],
      }),
    },
    steps: [
      {
        does: 'git-repository is set to a copy of the repository',
        run: scenario => scenario.writeToCopy(`${PREFIX}/git-repository`),
      },
      push,
      compare,
      {
        code: 'updater-overdue',
        words: `the ImageUpdater argocd/other-repository reports that it updated the image to ${NEXT_TAG}`,
      },
    ],
  },
  {
    name: 'unusable-settings',
    story: 'somebody adds an ImageUpdater whose settings contradict each other',
    service: { updater: 'none' },
    steps: [
      push,
      { code: 'updater-cycle' },
      {
        does: 'an ImageUpdater with both helm and kustomize replaces the annotations',
        run: async scenario => {
          const { cluster, name, plan } = scenario;
          await cluster.applyImageUpdaters({
            [name]: ambiguous(name, cluster.imageName(plan.repository)),
          });
          await scenario.annotate({ [`${PREFIX}/image-list`]: null });
        },
      },
      {
        code: 'updater-unusable',
        words: {
          code: 'advice.manifest-targets-of-image-ambiguous',
          parameters: {},
        },
      },
    ],
  },
  {
    name: 'queue',
    story: 'the Image Updater has committed to one of two applications',
    service: { updater: 'none' },
    steps: [
      {
        does: 'one more application of the repository runs the image',
        run: scenario => scenario.share('queue-2'),
      },
      push,
      compare,
      { code: 'updater-not-enabled' },
      {
        does: 'the commit for the other one arrives',
        run: scenario => scenario.updateTogether(['queue-2']),
      },
      {
        code: 'updater-queue',
        words: {
          code: 'stuck.updater-queue',
          parameters: { committed: '1', total: '2' },
        },
      },
    ],
  },
];
