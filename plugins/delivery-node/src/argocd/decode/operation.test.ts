import { decodeOperation } from './operation';

const API = 'registry.example.com/shop/api';
const MIGRATE = 'registry.example.com/shop/migrate';

interface Applied {
  images: string[];
  hookType?: string;
  status?: string;
}

function decode(resources: Applied[], live: string[] = [`${API}:1.0.1`]) {
  return decodeOperation(
    {
      phase: 'Running',
      startedAt: '2026-11-23T04:20:00Z',
      syncResult: { resources },
    },
    live,
  );
}

describe('the images of an operation', () => {
  const hook = (image: string): Applied => ({
    images: [image],
    hookType: 'PreSync',
    status: 'Synced',
  });

  it.each<[string, Applied[], string[]]>([
    [
      'are those of what it applied',
      [{ images: [`${API}:1.0.2`], status: 'Synced' }],
      [`${API}:1.0.2`],
    ],
    [
      'leave out what was pruned',
      [
        { images: [`${API}:1.0.2`], status: 'Synced' },
        { images: [`${MIGRATE}:1`], status: 'Pruned' },
      ],
      [`${API}:1.0.2`],
    ],
    [
      'leave out a hook with another version of what was applied',
      [
        hook(`${API}:never-pushed`),
        { images: [`${API}:1.0.2`], status: 'Synced' },
      ],
      [`${API}:1.0.2`],
    ],
    [
      'leave out a hook with another version of what runs',
      [hook(`${API}:never-pushed`)],
      [],
    ],
    [
      'have those of a hook that nothing else carries',
      [
        hook(`${MIGRATE}:1`),
        { images: [`${API}:1.0.2`], hookType: '', status: 'Synced' },
      ],
      [`${API}:1.0.2`, `${MIGRATE}:1`],
    ],
  ])('%s', (_, resources, expected) => {
    expect(decode(resources)?.images).toEqual(expected);
  });

  it('have those of hooks alone if nothing runs', () => {
    expect(decode([hook(`${API}:1.0.2`)], [])?.images).toEqual([
      `${API}:1.0.2`,
    ]);
  });

  it('are kept apart where only hooks have them', () => {
    const own = { images: [`${API}:1.0.2`], status: 'Synced' };
    const hooks = [hook(`${API}:1.0.2`), hook(`${API}:never-pushed`)];
    expect(decode([own, ...hooks])?.hookImages).toEqual([
      `${API}:never-pushed`,
    ]);
    expect(decode([own])?.hookImages).toBeUndefined();
  });
});
