import {
  describeChange,
  describeDifference,
  type Difference,
  differencesOf,
  mayChange,
  type RepositorySpec,
  type RepositoryState,
} from './differences';

const spec: RepositorySpec = {
  name: 'shop/api',
  imageTagMutability: 'IMMUTABLE',
  scanOnPush: true,
  encryption: { type: 'AES256' },
  lifecyclePolicy: { rules: [{ rulePriority: 1, description: 'a' }] },
  repositoryPolicy: { Version: '2012-10-17' },
  tags: { system: 'shop' },
};

const state: RepositoryState = {
  imageTagMutability: 'IMMUTABLE',
  scanOnPush: true,
  encryption: { type: 'AES256' },
  // ECR returns policies with its own white space and order.
  lifecyclePolicy: '{ "rules": [ {"description": "a", "rulePriority": 1} ] }',
  repositoryPolicy: '{"Version" : "2012-10-17"}',
  tags: { system: 'shop', other: 'stays' },
};

/** Which conditions permit a change: [neither, converge, ours, ours and converge]. */
const NEVER = [false, false, false, false];
const OURS = [false, false, true, true];
const OURS_CONVERGE = [false, false, false, true];
const CONVERGE = [false, true, false, true];
const EITHER = [false, true, true, true];

const CASES: [Partial<RepositoryState>, Difference, boolean[]][] = [
  [
    { imageTagMutability: 'MUTABLE' },
    { setting: 'imageTagMutability', current: 'MUTABLE', wanted: 'IMMUTABLE' },
    EITHER,
  ],
  [
    { imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' },
    {
      setting: 'imageTagMutability',
      current: 'IMMUTABLE_WITH_EXCLUSION',
      wanted: 'IMMUTABLE',
    },
    EITHER,
  ],
  [
    { scanOnPush: false },
    { setting: 'scanOnPush', current: 'false', wanted: 'true' },
    EITHER,
  ],
  [
    { encryption: { type: 'KMS', kmsKey: 'key/a' } },
    { setting: 'encryption', current: 'KMS with key/a', wanted: 'AES256' },
    NEVER,
  ],
  [
    { lifecyclePolicy: undefined },
    {
      setting: 'lifecyclePolicy',
      current: 'none',
      wanted: 'the given policy',
    },
    OURS,
  ],
  [
    { lifecyclePolicy: '{"rules":[]}' },
    {
      setting: 'lifecyclePolicy',
      current: 'another policy',
      wanted: 'the given policy',
    },
    OURS_CONVERGE,
  ],
  [
    { repositoryPolicy: undefined },
    {
      setting: 'repositoryPolicy',
      current: 'none',
      wanted: 'the given policy',
    },
    EITHER,
  ],
  [
    { repositoryPolicy: 'not JSON' },
    {
      setting: 'repositoryPolicy',
      current: 'another policy',
      wanted: 'the given policy',
    },
    CONVERGE,
  ],
  [
    { tags: {} },
    { setting: 'tag system', current: 'none', wanted: 'shop' },
    EITHER,
  ],
  [
    { tags: { system: 'pay' } },
    { setting: 'tag system', current: 'pay', wanted: 'shop' },
    EITHER,
  ],
];

describe('differencesOf', () => {
  it('finds none in a repository with the requested settings', () => {
    expect(differencesOf(state, spec)).toEqual([]);
  });

  it.each(CASES)('finds %j', (change, difference) => {
    expect(differencesOf({ ...state, ...change }, spec)).toEqual([difference]);
  });

  it.each([
    [{ type: 'KMS', kmsKey: 'key/a' }, undefined, 0],
    [{ type: 'KMS', kmsKey: 'key/a' }, { type: 'KMS' as const }, 0],
    [
      { type: 'KMS', kmsKey: 'key/a' },
      { type: 'KMS' as const, kmsKey: 'key/b' },
      1,
    ],
  ])('compares the encryption %j with %j', (current, wanted, count) => {
    expect(
      differencesOf(
        { ...state, encryption: current },
        { ...spec, encryption: wanted },
      ),
    ).toHaveLength(count);
  });

  it('does not compare policies that were not given', () => {
    expect(
      differencesOf(
        { ...state, lifecyclePolicy: '{}', repositoryPolicy: '{}' },
        { ...spec, lifecyclePolicy: undefined, repositoryPolicy: undefined },
      ),
    ).toEqual([]);
  });
});

describe('mayChange', () => {
  it.each(CASES)('decides on %j', (_, difference, expected) => {
    const standings = [
      { isOurs: false, converge: false },
      { isOurs: false, converge: true },
      { isOurs: true, converge: false },
      { isOurs: true, converge: true },
    ];
    expect(standings.map(each => mayChange(difference, each))).toEqual(
      expected,
    );
  });
});

it('describes differences and changes', () => {
  const difference: Difference = {
    setting: 'scanOnPush',
    current: 'false',
    wanted: 'true',
  };
  expect(describeDifference('shop/api', difference)).toBe(
    'The repository shop/api keeps its scanOnPush (false), although true was requested.',
  );
  expect(describeChange(difference)).toBe('scanOnPush false → true');
});
