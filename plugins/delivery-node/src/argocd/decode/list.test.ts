import { decodeApplicationList } from './list';

const API = {
  metadata: { name: 'api', namespace: 'argocd', uid: 'u' },
  spec: { project: 'shop' },
};
const ODD = { ...API, spec: { sources: 'none' } };

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

describe('decodeApplicationList', () => {
  it.each<[string, unknown, string[], number]>([
    // As Go writes an empty list.
    ['null items', { metadata: {}, items: null }, [], 0],
    ['no items', { metadata: {}, items: [] }, [], 0],
    ['an item', { metadata: {}, items: [API] }, ['api'], 0],
    ['an odd item', { metadata: {}, items: [ODD, API] }, ['api'], 1],
  ])('reads a list with %s', async (_, list, names, undecodable) => {
    const decoded = await decodeApplicationList(
      'main',
      bytesOf(JSON.stringify(list)),
    );
    expect(decoded.applications.map(({ ref }) => ref.name)).toEqual(names);
    expect(decoded.undecodable).toHaveLength(undecodable);
  });

  it.each([
    ['{"items": {}}', 'ZodError'],
    ['{"items": "none"}', 'ZodError'],
    ['[]', 'ZodError'],
    ['null', 'ZodError'],
    ['{"items": null', 'SyntaxError'],
    ['', 'SyntaxError'],
  ])('refuses %s', async (text, name) => {
    await expect(
      decodeApplicationList('main', bytesOf(text)),
    ).rejects.toMatchObject({ name });
  });
});
