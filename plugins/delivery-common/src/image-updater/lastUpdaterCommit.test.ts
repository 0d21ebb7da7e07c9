import { lastUpdaterCommit } from './lastUpdaterCommit';

const commit = (date: string, application?: string) => ({
  date,
  message: [
    ...(application ? [`build: automatic update of ${application}`, ''] : []),
    "updates image shop/api tag '1.0.0' to '1.0.1'",
  ].join('\n'),
});

describe('lastUpdaterCommit', () => {
  it.each([
    ['no commit', [], undefined],
    [
      'a commit of somebody else',
      [{ date: '2026-01-01T12:00:00Z', message: 'Use 1.0.1' }],
      undefined,
    ],
    [
      'a commit for another application',
      [commit('2026-01-01T12:00:00Z', 'web')],
      undefined,
    ],
    [
      'a commit without a message',
      [{ date: '2026-01-01T12:00:00Z' }],
      undefined,
    ],
    [
      'the latest of its commits',
      [
        commit('2026-01-01T14:00:00+02:00', 'api'),
        commit('2026-01-01T12:30:00Z', 'api'),
      ],
      '2026-01-01T12:30:00Z',
    ],
    [
      'a commit with a message of a custom template',
      [commit('2026-01-01T12:00:00Z')],
      '2026-01-01T12:00:00Z',
    ],
  ])('is the time of %s', (_, commits, expected) => {
    expect(lastUpdaterCommit('api', commits)).toBe(expected);
  });
});
