import { readRecordingText, recordedFiles } from '@landfall/testing-kit';
import fc from 'fast-check';
import { type RolloutProgress, rolloutProgress } from './rolloutProgress';

/** Messages of Argo CD about rollouts, as they were recorded. */
function recordedMessages(): string[] {
  const texts = ['argocd', 'promotions'].flatMap(folder =>
    recordedFiles(folder).map(file => readRecordingText(`${folder}/${file}`)),
  );
  return texts.flatMap(text =>
    [...text.matchAll(/(Waiting for rollout to finish: \d[^"\\]*)/g)].map(
      ([, message]) => message,
    ),
  );
}

describe('rolloutProgress', () => {
  it.each<[string, RolloutProgress | undefined]>([
    [
      'Waiting for rollout to finish: 1 out of 3 new replicas have been updated...',
      { step: 'updated', pods: 1, of: 3 },
    ],
    [
      'Waiting for rollout to finish: 1 of 3 updated replicas are available...',
      { step: 'available', pods: 1, of: 3 },
    ],
    [
      'Waiting for rollout to finish: 0 out of 1 new replicas are available...',
      { step: 'available', pods: 0, of: 1 },
    ],
    [
      'Waiting for rollout to finish: 1 old replicas are pending termination...',
      { step: 'ending', pods: 1 },
    ],
    [
      'Waiting for daemon set "agent" rollout to finish: 2 out of 5 new pods have been updated...',
      { step: 'updated', pods: 2, of: 5 },
    ],
    [
      'Waiting for daemon set "agent" rollout to finish: 4 of 5 updated pods are available...',
      { step: 'available', pods: 4, of: 5 },
    ],
    ['Waiting for 2 pods to be ready...', { step: 'unready', pods: 2 }],
    [
      'Waiting for partitioned roll out to finish: 0 out of 2 new pods have been updated...',
      { step: 'updated', pods: 0, of: 2 },
    ],
    [
      'waiting for statefulset rolling update to complete 1 pods at revision db-6c9f7b...\n',
      { step: 'updated', pods: 1 },
    ],
    [
      'Waiting for rollout to finish: observed deployment generation less than desired generation',
      undefined,
    ],
    ['Deployment "api" exceeded its progress deadline', undefined],
    // Counts that can't be right say nothing.
    [
      'Waiting for rollout to finish: 4 out of 3 new replicas have been updated...',
      undefined,
    ],
    [
      'Waiting for rollout to finish: 0 of 0 updated replicas are available...',
      undefined,
    ],
    // Texts of health checks that are written in Lua may be similar.
    ['Rollout: 1 of 3 updated replicas are available', undefined],
    [
      'Waiting for rollout to finish: 1 of 3 updated replicas are available, probably',
      undefined,
    ],
    ['', undefined],
  ])('reads %j', (message, expected) => {
    expect(rolloutProgress(message)).toEqual(expected);
  });

  it('is undefined without a message', () => {
    expect(rolloutProgress(undefined)).toBeUndefined();
  });

  it('reads every recorded message with counts', () => {
    const messages = new Set(recordedMessages());
    expect(messages.size).toBeGreaterThan(5);
    expect([...messages].filter(message => !rolloutProgress(message))).toEqual(
      [],
    );
  });

  it('never has more pods than there are, whatever the text', () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.nat(), fc.nat())
        .map(
          ([pods, of]) =>
            `Waiting for rollout to finish: ${pods} of ${of} updated replicas are available...`,
        ),
    );
    fc.assert(
      fc.property(text, message => {
        const { pods = 0, of = Infinity } = rolloutProgress(message) ?? {};
        expect(pods).toBeLessThanOrEqual(of);
      }),
    );
  });
});
