import { parseVersionChange } from './parseVersionChange';

const ITEM = {
  entityRef: 'component:default/api',
  application: { instance: 'main', namespace: 'argocd', name: 'api' },
  expected: { actionKey: 'k' },
  repository: 'registry.example.com/shop/api',
  tag: '1.4.3',
};
const REQUEST = { action: 'promote', items: [ITEM] };

describe('parseVersionChange', () => {
  it('reads a request', () => {
    const request = {
      ...REQUEST,
      via: 'commit',
      hold: true,
      reason: 'Because',
    };
    expect(parseVersionChange(request)).toEqual(request);
  });

  it.each<[string, unknown]>([
    ['no body', undefined],
    ['a list', []],
    ['another action', { ...REQUEST, action: 'sync' }],
    ['no items', { ...REQUEST, items: [] }],
    ['too many items', { ...REQUEST, items: Array(51).fill(ITEM) }],
    ['the same twice', { ...REQUEST, items: [ITEM, ITEM] }],
    ['a URL', { ...REQUEST, url: 'https://evil.example.com' }],
    ['a path', { ...REQUEST, items: [{ ...ITEM, path: '../x' }] }],
    ['a short ref', { ...REQUEST, items: [{ ...ITEM, entityRef: 'api' }] }],
    [
      'a ref without kind',
      { ...REQUEST, items: [{ ...ITEM, entityRef: 'default/api' }] },
    ],
    ['a tag with a line', { ...REQUEST, items: [{ ...ITEM, tag: 'a\nb: c' }] }],
    ['a tag with a quote', { ...REQUEST, items: [{ ...ITEM, tag: 'a"' }] }],
    ['a tag that is a number', { ...REQUEST, items: [{ ...ITEM, tag: 1.1 }] }],
    [
      'a repository with a line',
      { ...REQUEST, items: [{ ...ITEM, repository: 'a\nb' }] },
    ],
    [
      'another field of the application',
      {
        ...REQUEST,
        items: [
          { ...ITEM, application: { ...ITEM.application, project: 'x' } },
        ],
      },
    ],
    ['no key', { ...REQUEST, items: [{ ...ITEM, expected: {} }] }],
    ['a reason of lines', { ...REQUEST, reason: 'a\nb' }],
    [
      'a hold that resumes',
      { ...REQUEST, action: 'resume-updates', hold: true },
    ],
    ['another way', { ...REQUEST, via: 'push' }],
  ])('refuses %s', (_, body) => {
    expect(() => parseVersionChange(body)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });
});
