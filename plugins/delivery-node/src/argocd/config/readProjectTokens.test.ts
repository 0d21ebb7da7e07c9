import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readProjectTokens } from './readProjectTokens';
import { SecretFile } from './SecretFile';

const KEY = 'argocd.appLocatorMethods[0].instances[0]';

const read = (instance: JsonObject) =>
  readProjectTokens(KEY, new ConfigReader(instance));

describe('readProjectTokens', () => {
  it('reads tokens and files, and tokens for writing', () => {
    expect(read({})).toBeUndefined();
    expect(
      read({
        projectTokens: [
          { project: 'shop', token: 't', write: { tokenFile: '/w' } },
          { project: 'bank', tokenFile: '/b' },
        ],
      }),
    ).toEqual([
      {
        project: 'shop',
        credentials: { token: 't' },
        write: {
          token: new SecretFile(
            `${KEY}.projectTokens[0].write.tokenFile`,
            '/w',
          ),
        },
      },
      {
        project: 'bank',
        credentials: {
          token: new SecretFile(`${KEY}.projectTokens[1].tokenFile`, '/b'),
        },
      },
    ]);
  });

  it('leaves the error of an empty token to its use', () => {
    expect(read({ projectTokens: [{ project: 'shop', token: '' }] })).toEqual([
      { project: 'shop', credentials: { token: '' } },
    ]);
  });

  it.each<[JsonObject, string]>([
    [{ projectTokens: [] }, `${KEY}.projectTokens is empty`],
    [
      { projectTokens: [{ project: 'shop', token: 't' }], token: 't' },
      `${KEY} has both projectTokens and token`,
    ],
    [
      { projectTokens: [{ project: 'shop', token: 't' }], write: {} },
      `${KEY} has both projectTokens and write`,
    ],
    [
      { projectTokens: [{ project: 'shop' }] },
      `${KEY}.projectTokens[0] has no token: set token or tokenFile`,
    ],
    [
      { projectTokens: [{ project: 'shop', token: 't', tokenFile: '/t' }] },
      `${KEY}.projectTokens[0] has both token and tokenFile`,
    ],
    [
      { projectTokens: [{ project: '../clusters', token: 't' }] },
      `${KEY}.projectTokens[0].project: '../clusters' can't be the name`,
    ],
    [
      {
        projectTokens: [
          { project: 'shop', token: 't' },
          { project: 'shop', token: 'u' },
        ],
      },
      `${KEY}.projectTokens[1].project: 'shop' has another entry`,
    ],
    [
      { projectTokens: [{ project: 'shop', token: 't', write: {} }] },
      `${KEY}.projectTokens[0].write has no credentials`,
    ],
  ])('refuses %j', (instance, message) => {
    expect(() => read(instance)).toThrow(message);
  });
});
