import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { resolve } from 'node:path';
import { readCredentials, readWriteCredentials } from './readCredentials';
import { SecretFile } from './SecretFile';

const KEY = 'argocd.appLocatorMethods[0].instances[0]';

const read = (instance: JsonObject, shared?: JsonObject) =>
  readCredentials(
    KEY,
    new ConfigReader(instance),
    shared && new ConfigReader(shared),
  );

const readWrite = (write?: JsonObject) =>
  readWriteCredentials(KEY, new ConfigReader(write ? { write } : {}));

describe('readCredentials', () => {
  it('reads a token or a password from a file', () => {
    expect(read({ tokenFile: '/run/token' })).toEqual({
      token: new SecretFile(`${KEY}.tokenFile`, '/run/token'),
    });
    expect(read({ username: 'a', passwordFile: 'password' })).toEqual({
      username: 'a',
      password: new SecretFile(`${KEY}.passwordFile`, resolve('password')),
    });
  });

  it.each<[JsonObject, JsonObject | undefined, object]>([
    [{ token: '' }, undefined, { token: '' }],
    [
      { username: 'a', password: '' },
      undefined,
      { username: 'a', password: '' },
    ],
    [{}, { username: 'a', password: '' }, { username: 'a', password: '' }],
  ])(
    'leaves the error of an empty secret to its use: %j',
    (own, shared, expected) => {
      expect(read(own, shared)).toEqual(expected);
    },
  );

  it('refuses a secret given both as value and as file', () => {
    expect(() => read({ token: 't', tokenFile: '/t' })).toThrow(
      `${KEY} has both token and tokenFile`,
    );
    expect(() =>
      read({ username: 'a', password: 'p', passwordFile: '/p' }),
    ).toThrow(`${KEY} has both password and passwordFile`);
  });
});

describe('readWriteCredentials', () => {
  it('returns undefined without configuration', () => {
    expect(readWrite()).toBeUndefined();
  });

  it('reads them like an instance’s credentials', () => {
    expect(readWrite({ token: 't' })).toEqual({ token: 't' });
    expect(readWrite({ tokenFile: '/t' })).toEqual({
      token: new SecretFile(`${KEY}.write.tokenFile`, '/t'),
    });
    expect(readWrite({ username: 'a', password: 'p' })).toEqual({
      username: 'a',
      password: 'p',
    });
  });

  it.each([
    [{}, `${KEY}.write has no credentials`],
    [{ username: 'a' }, `${KEY}.write has no credentials`],
    [{ tokenfile: '/t' }, `${KEY}.write.tokenfile is not a known key`],
    [{ token: 't', tokenFile: '/t' }, `${KEY}.write has both token and`],
  ])('refuses %j', (write, message) => {
    expect(() => readWrite(write)).toThrow(message);
  });
});
