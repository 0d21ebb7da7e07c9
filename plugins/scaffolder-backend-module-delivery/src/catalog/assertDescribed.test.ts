import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { assertDescribed } from './assertDescribed';

const API = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: api }
spec: { type: service, owner: shop-team }
`;
const OTHER = API.replace('name: api', 'name: web');

function check(
  text: string | Error,
  change: { entityRef?: string; owner?: string } = {},
) {
  return assertDescribed({
    reader: mockServices.urlReader.mock({
      readUrl: async () => {
        if (text instanceof Error) {
          throw text;
        }
        return { buffer: async () => Buffer.from(text) };
      },
    }),
    fileUrl: 'https://git.example.com/shop/api/catalog-info.yaml',
    entityRef: 'component:default/api',
    owner: 'group:default/shop-team',
    ...change,
  });
}

describe('assertDescribed', () => {
  it.each<[string, string, { owner?: string; entityRef?: string }]>([
    ['the entity alone', API, {}],
    ['the entity among others', `${OTHER}---\n${API}`, {}],
    ['any owner', API, { owner: undefined }],
    [
      'an owner with its kind',
      API.replace('shop-team', 'User:default/Ada'),
      { owner: 'user:default/ada' },
    ],
    [
      'an owner in the namespace of the entity',
      API.replace('name: api', 'name: api, namespace: eu'),
      { entityRef: 'component:eu/api', owner: 'group:eu/shop-team' },
    ],
  ])('accepts %s', async (_, text, change) => {
    await expect(check(text, change)).resolves.toBeUndefined();
  });

  it.each<[string, string | Error, string]>([
    ['another entity', OTHER, 'describes component:default/web, not'],
    ['no entity', 'a: 1\n', 'describes no entity, not component:default/api'],
    ['no text', '', 'describes no entity'],
    ['no YAML', 'a: [', 'describes no entity'],
    ['no file', new NotFoundError('none'), "doesn't exist, not"],
    [
      'another owner',
      API.replace('shop-team', 'pay-team'),
      'is owned by group:default/pay-team, not by group:default/shop-team',
    ],
    [
      'no owner',
      API.replace(', owner: shop-team', ''),
      'is owned by nobody, not by',
    ],
  ])('refuses %s', async (_, text, message) => {
    await expect(check(text)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(message),
    });
  });

  it('doesn’t take a host that fails for a missing file', async () => {
    await expect(check(new Error('it is down'))).rejects.toThrow('it is down');
  });
});
