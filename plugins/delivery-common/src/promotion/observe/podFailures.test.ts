import type { HealthStatus, PodFailure } from '../../model/application';
import {
  application,
  at,
  type DraftOptions,
  draftOf,
} from '../__testUtils__/builders';
import {
  forgetPodFailures,
  mayHaveFailingPods,
  recordPodFailures,
} from './podFailures';

const FAILURES: PodFailure[] = [
  { pod: 'api-1', pods: 2, reason: 'ImagePullBackOff', message: 'not found' },
];

const withHealth = (status: HealthStatus) =>
  application({ health: { status } });

function record(options: DraftOptions, failures = FAILURES) {
  const draft = draftOf(options);
  const { memory } = draft;
  recordPodFailures(draft, {
    kind: 'pod-failures-observed',
    ref: draft.ref,
    failures,
    seenAt: at('12:30'),
  });
  return {
    failures: draft.memory.podFailures,
    isSame: draft.memory === memory,
  };
}

describe('mayHaveFailingPods', () => {
  it.each<[HealthStatus, boolean]>([
    ['Degraded', true],
    ['Progressing', true],
    ['Healthy', false],
    ['Suspended', false],
    ['Missing', false],
    ['Unknown', false],
  ])('judges %s', (status, expected) => {
    expect(mayHaveFailingPods({ health: { status } })).toBe(expected);
  });
});

describe('recordPodFailures', () => {
  it('remembers why pods of an unwell application fail', () => {
    const options = { application: withHealth('Progressing') };
    expect(record(options).failures).toEqual(FAILURES);
  });

  it('forgets them when none fails any more', () => {
    const { failures, isSame } = record(
      {
        application: withHealth('Degraded'),
        memory: { podFailures: FAILURES },
      },
      [],
    );
    expect(failures).toBeUndefined();
    expect(isSame).toBe(false);
  });

  it.each<[string, DraftOptions]>([
    ['the application is unknown', {}],
    [
      'it is gone',
      { application: withHealth('Degraded'), goneAt: at('12:20') },
    ],
    ['it is well by now', { application: withHealth('Healthy') }],
    [
      'they are known',
      {
        application: withHealth('Degraded'),
        memory: { podFailures: FAILURES },
      },
    ],
  ])('changes nothing if %s', (_, options) => {
    expect(record(options).isSame).toBe(true);
  });
});

describe('forgetPodFailures', () => {
  it.each<[HealthStatus, boolean]>([
    ['Healthy', false],
    ['Suspended', false],
    ['Degraded', true],
    ['Progressing', true],
  ])('once it is %s, keeps them: %s', (status, isKept) => {
    const draft = draftOf({
      application: withHealth(status),
      memory: { podFailures: FAILURES },
    });
    forgetPodFailures(draft);
    expect(draft.memory.podFailures !== undefined).toBe(isKept);
  });
});
