import { mockServices } from '@backstage/backend-test-utils';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@backstage/types';
import { CA } from '../../__testUtils__/certificate';
import { DefaultArgoCdInstances } from '../DefaultArgoCdInstances';
import { readArgoCdConfig } from './readArgoCdConfig';

function read(argocd: JsonObject) {
  return readArgoCdConfig(mockServices.rootConfig({ data: { argocd } }));
}

function readInstances(...instances: JsonObject[]) {
  return read({ appLocatorMethods: [{ type: 'config', instances }] });
}

const MAIN = { name: 'main', url: 'https://argocd.example.com', token: 't' };

describe('readArgoCdConfig', () => {
  it('accepts a missing configuration', () => {
    expect(read({})).toEqual({ instances: [], warnings: [] });
    expect(readArgoCdConfig(mockServices.rootConfig())).toEqual({
      instances: [],
      warnings: [],
    });
  });

  it('reads instances with their own credentials or the shared ones', () => {
    expect(
      read({
        username: 'shared',
        password: 'word',
        appLocatorMethods: [
          {
            type: 'config',
            instances: [
              { ...MAIN, url: 'https://argocd.example.com/root/' },
              {
                name: 'two',
                url: 'https://two.example.com',
                frontendUrl: 'https://two.example.org/',
              },
              {
                name: 'three',
                url: 'http://three',
                username: 'own',
                password: 'pass',
              },
            ],
          },
        ],
      }).instances,
    ).toEqual([
      {
        name: 'main',
        url: 'https://argocd.example.com/root',
        frontendUrl: 'https://argocd.example.com/root',
        credentials: { token: 't' },
      },
      {
        name: 'two',
        url: 'https://two.example.com',
        frontendUrl: 'https://two.example.org',
        credentials: { username: 'shared', password: 'word' },
      },
      {
        name: 'three',
        url: 'http://three',
        frontendUrl: 'http://three',
        credentials: { username: 'own', password: 'pass' },
      },
    ]);
  });

  it('uses argocd.baseUrl for the links of a single instance', () => {
    const baseUrl = 'https://links.example.com';
    const second = { ...MAIN, name: 'two' };
    const frontendUrls = (...instances: JsonObject[]) =>
      read({
        baseUrl,
        appLocatorMethods: [{ type: 'config', instances }],
      }).instances.map(({ frontendUrl }) => frontendUrl);
    expect(frontendUrls(MAIN)).toEqual([baseUrl]);
    expect(frontendUrls(MAIN, second)).toEqual([MAIN.url, MAIN.url]);
  });

  it('reads certificate authorities from text and from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'argocd-config-'));
    try {
      const file = join(folder, 'ca.pem');
      writeFileSync(file, CA);
      expect(readInstances({ ...MAIN, ca: CA }).instances[0].ca).toBe(CA);
      expect(readInstances({ ...MAIN, ca: file }).instances[0].ca).toBe(CA);
      writeFileSync(file, 'nothing');
      expect(() => readInstances({ ...MAIN, ca: file })).toThrow(
        'argocd.appLocatorMethods[0].instances[0].ca: no PEM certificate',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('skips other kinds of locators with a warning', () => {
    const config = read({
      appLocatorMethods: [
        { type: 'other' },
        { type: 'config', instances: [MAIN] },
      ],
    });
    expect(config.instances).toHaveLength(1);
    expect(config.warnings).toEqual([
      expect.stringContaining("argocd.appLocatorMethods[0].type is 'other'"),
    ]);
  });

  const key = 'argocd.appLocatorMethods[0].instances[0]';
  it.each([
    [{ ...MAIN, url: 'argocd' }, `${key}.url: 'argocd' is not a URL`],
    [{ ...MAIN, url: 'ftp://a' }, `${key}.url: 'ftp://a' is not an http`],
    [
      { ...MAIN, url: 'https://u:p@a' },
      `${key}.url must not contain credentials`,
    ],
    [{ ...MAIN, frontendUrl: 'x' }, `${key}.frontendUrl: 'x' is not a URL`],
    [{ ...MAIN, token: undefined }, `${key} has no credentials`],
    [
      { name: 'main', url: 'https://a', username: 'only' },
      `${key} has no credentials`,
    ],
    [
      { ...MAIN, ca: '/no/such/file' },
      `${key}.ca is neither a PEM certificate`,
    ],
    [{ url: 'https://a', token: 't' }, 'name'],
  ])('refuses %j', (instance, message) => {
    expect(() => readInstances(instance)).toThrow(message);
  });

  it('refuses two instances with one name', () => {
    expect(() => readInstances(MAIN, MAIN)).toThrow(
      "argocd.appLocatorMethods[0].instances[1].name: two Argo CD instances have the name 'main'",
    );
  });
});

describe('DefaultArgoCdInstances', () => {
  it('finds instances by name, and lists them if none has that name', async () => {
    const instances = DefaultArgoCdInstances.fromConfig(
      mockServices.rootConfig({
        data: {
          argocd: {
            appLocatorMethods: [
              {
                type: 'config',
                instances: [MAIN, { ...MAIN, name: 'two' }],
              },
            ],
          },
        },
      }),
      { logger: mockServices.logger.mock() },
    );
    expect(instances.list().map(({ instance }) => instance)).toEqual([
      'main',
      'two',
    ]);
    expect(instances.get('two')).toBe(instances.list()[1]);
    expect(() => instances.get('three')).toThrow(
      "There is no Argo CD instance 'three' in argocd.appLocatorMethods. Configured: 'main', 'two'",
    );
    await instances.close();
  });
});
