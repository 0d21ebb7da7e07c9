import {
  type Application,
  type DeliveryState,
  initialState,
} from '@landfall/backstage-plugin-delivery-common';
import { observationsOf } from '../__testUtils__/observations';
import { steadyHash, storedSteadyHash } from './steady';

const AT = '2026-11-23T04:00:00Z';
/** Half an hour later. */
const LATER = '2026-11-23T04:30:00Z';

describe('storedSteadyHash', () => {
  let steady: DeliveryState;
  beforeAll(async () => {
    const recorded = (await observationsOf('helmvalues')).find(
      observation => observation.kind === 'application-observed',
    );
    if (!recorded) {
      throw new Error('The recording has an application');
    }
    const application: Application = {
      ...recorded.application,
      health: { status: 'Healthy', lastTransitionTime: AT },
      history: [],
      operation: undefined,
      resourceVersion: '1',
      reconciledAt: LATER,
    };
    steady = { ...initialState(application.ref), application };
  });

  const hashWith = (
    application: Partial<Application>,
    rest: Partial<DeliveryState> = {},
  ) =>
    storedSteadyHash({
      ...steady,
      ...(steady.application && {
        application: { ...steady.application, ...application },
      }),
      ...rest,
    });

  it('is that of the application, half an hour after its last change', () => {
    expect(storedSteadyHash(steady)).toEqual(
      steady.application && steadyHash('1', steady.application),
    );
  });

  it.each<[string, Partial<Application>, Partial<DeliveryState>]>([
    ['not reconciled yet', { reconciledAt: undefined }, {}],
    ['reconciled sooner', { reconciledAt: '2026-11-23T04:29:59Z' }, {}],
    ['without a resource version', { resourceVersion: undefined }, {}],
    ['gone', {}, { goneAt: LATER }],
    [
      'with an operation under way',
      {
        operation: {
          phase: 'Running',
          startedAt: AT,
          revisions: [],
          images: [],
          dryRun: false,
          partial: false,
        },
      },
      {},
    ],
    [
      'with a version that was observed since',
      {},
      {
        memory: {
          ...initialState({ instance: '', namespace: '', name: '' }).memory,
          versions: [{ repository: 'r', version: {}, at: LATER, position: 1 }],
        },
      },
    ],
  ])('is absent for one that is %s', (_, application, rest) => {
    expect(hashWith(application, rest)).toBeUndefined();
  });

  it('changes with the resource version and with anything visible', () => {
    const hashes = [
      hashWith({}),
      hashWith({ resourceVersion: '2' }),
      hashWith({ labels: { team: 'shop' } }),
      hashWith({ health: { status: 'Healthy' } }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashWith({ reconciledAt: '2026-11-23T05:00:00Z' })).toBe(hashes[0]);
  });
});
