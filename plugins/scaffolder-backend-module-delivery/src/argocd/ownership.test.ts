import type { ApplicationIdentity } from './identity';
import {
  explainRefusal,
  type Found,
  mayUpdate,
  type Overwrite,
  ownershipOf,
} from './ownership';

const wanted: ApplicationIdentity = {
  entityRef: 'component:default/api',
  project: 'shop',
  sources: ['https://git.example.com/deploy (path apps/api)'],
};

const CASES: [string, Found, string, Overwrite[]][] = [
  ['nothing', 'missing', 'missing', ['always']],
  ['what can’t be read', 'unknown', 'unknown', ['always']],
  ['the same', { ...wanted }, 'ours', ['own', 'always']],
  [
    'the mark of another entity',
    { ...wanted, entityRef: 'component:default/other' },
    'foreign',
    ['always'],
  ],
  [
    'no mark, but the rest the same',
    { ...wanted, entityRef: undefined },
    'foreign',
    ['always'],
  ],
  ['another project', { ...wanted, project: 'a' }, 'foreign', ['always']],
  [
    'another repository',
    { ...wanted, sources: ['https://git.example.com/x (path apps/api)'] },
    'foreign',
    ['always'],
  ],
  [
    'another path',
    { ...wanted, sources: ['https://git.example.com/deploy (path apps/x)'] },
    'foreign',
    ['always'],
  ],
  [
    'a chart',
    { ...wanted, sources: ['https://git.example.com/deploy (chart api)'] },
    'foreign',
    ['always'],
  ],
  [
    'a second source',
    { ...wanted, sources: [...wanted.sources, 'https://x (path .)'] },
    'foreign',
    ['always'],
  ],
];

describe('ownershipOf', () => {
  it.each(CASES)('decides on %s', (_, found, state, updatable) => {
    const ownership = ownershipOf(found, wanted);
    expect(ownership.state).toBe(state);
    const modes: Overwrite[] = ['never', 'own', 'always'];
    expect(modes.filter(mode => mayUpdate(ownership, mode))).toEqual(updatable);
  });

  it('is never ours without an entity', () => {
    const unmarked = { ...wanted, entityRef: undefined };
    expect(ownershipOf(unmarked, unmarked).state).toBe('foreign');
  });
});

describe('explainRefusal', () => {
  const explain = (found: Found, manifest = wanted) =>
    explainRefusal('api-dev', ownershipOf(found, manifest), manifest);

  it('explains nothing if nothing exists', () => {
    expect(explain('missing')).toBeUndefined();
  });

  it('names both sides of every difference, and what to do', () => {
    expect(
      explain({
        entityRef: 'component:default/pay',
        project: 'a',
        sources: ['https://git.example.com/pay (path .)'],
      }),
    ).toBe(
      'The Application api-dev exists and is not overwritten: it belongs to component:default/pay, and the manifest belongs to component:default/api; its project is a, and that of the manifest is shop; its source is https://git.example.com/pay (path .), and that of the manifest is https://git.example.com/deploy (path apps/api). Choose another name, have its owner set the annotation landfall.io/entity-ref: component:default/api, or set overwrite to "always" in the template.',
    );
  });

  it.each([
    [
      'unknown' as const,
      wanted,
      'that the configured account may not read: then choose another name',
    ],
    [wanted, wanted, 'with overwrite "own"'],
    [
      { ...wanted, entityRef: undefined },
      wanted,
      'it belongs to no entity, and the manifest belongs to component:default/api. Choose another name, have its owner set the annotation',
    ],
    [
      { ...wanted, project: 'a' },
      wanted,
      'Keep its project and source, choose another name, or',
    ],
    [
      { ...wanted, entityRef: undefined },
      { ...wanted, entityRef: undefined },
      'neither it nor the manifest belongs to an entity. Choose another name, give the entityRef',
    ],
  ])('explains %j', (found, manifest, words) => {
    expect(explain(found, manifest)).toContain(words);
  });
});
