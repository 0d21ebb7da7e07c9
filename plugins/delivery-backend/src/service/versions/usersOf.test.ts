import { leadingRepositories } from './usersOf';

describe('leadingRepositories', () => {
  it.each([
    ['none', [], []],
    [
      'the own image of most applications first',
      [
        ['api', 'agent'],
        ['worker', 'agent'],
        ['api', 'agent'],
      ],
      ['api', 'worker', 'agent'],
    ],
    [
      'the image that is nearest to the own one',
      [
        ['api', 'proxy', 'agent'],
        ['api', 'agent'],
      ],
      ['api', 'agent', 'proxy'],
    ],
    ['the same order for equals', [['b'], ['a']], ['a', 'b']],
  ])('has %s', (_, users, expected) => {
    const all = users.map(repositories => ({ repositories }));
    expect(leadingRepositories(all)).toEqual(expected);
    expect(leadingRepositories([...all].reverse())).toEqual(expected);
  });
});
