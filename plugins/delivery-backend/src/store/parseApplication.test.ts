import { APPLICATION } from '../__testUtils__/fullObjects';
import { parseApplication } from './parseApplication';

const state = (reconciledAt?: string) =>
  JSON.stringify({ ...APPLICATION, resourceVersion: '1', reconciledAt });

describe('parseApplication', () => {
  it.each([
    ['in the state', '2026-01-01T00:00:00Z', null, '2026-01-01T00:00:00Z'],
    [
      'later than in the state',
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:03:00Z',
      '2026-01-01T00:03:00Z',
    ],
    [
      'earlier, from before a replica of an earlier release stored the state',
      '2026-01-01T00:06:00Z',
      '2026-01-01T00:03:00Z',
      '2026-01-01T00:06:00Z',
    ],
    [
      'only beside it',
      undefined,
      '2026-01-01T00:03:00Z',
      '2026-01-01T00:03:00Z',
    ],
    ['nowhere', undefined, null, undefined],
  ])(
    'takes the time of the reconciliation that is %s',
    (_, inState, beside, expected) => {
      expect(
        parseApplication({
          state: state(inState),
          resource_version: '2',
          reconciled_at: beside,
        }).reconciledAt,
      ).toBe(expected);
    },
  );

  it('takes the resource version of the row, also none', () => {
    for (const version of ['2', null]) {
      const parsed = parseApplication({
        state: state(),
        resource_version: version,
        reconciled_at: null,
      });
      expect(parsed.resourceVersion).toBe(version ?? undefined);
    }
  });
});
