import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readImageUpdaterClusters } from './readImageUpdaterClusters';

const CLUSTER = {
  name: 'hub',
  url: 'https://hub.example.com/',
  authProvider: 'serviceAccount',
  serviceAccountToken: 'secret',
};

function read(
  kubernetes: JsonValue,
  cluster: JsonObject = CLUSTER,
  pod: Parameters<typeof readImageUpdaterClusters>[2] = {},
) {
  return readImageUpdaterClusters(
    mockServices.rootConfig({
      data: {
        delivery: { imageUpdater: { kubernetes } },
        kubernetes: {
          clusterLocatorMethods: [
            { type: 'catalog' },
            { type: 'config', clusters: [cluster] },
          ],
        },
      },
    }),
    ['main', 'other'],
    pod,
  );
}

describe('readImageUpdaterClusters', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pod-'));
    await writeFile(join(folder, 'token'), 'first\n');
    await writeFile(join(folder, 'ca.crt'), 'the CA');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const pod = (env: NodeJS.ProcessEnv) => ({
    env,
    serviceAccountFolder: folder,
  });

  it('is empty by default', () => {
    expect(
      readImageUpdaterClusters(mockServices.rootConfig(), ['main']),
    ).toEqual([]);
  });

  it('reads a cluster of the Kubernetes plugin', async () => {
    const [{ instance, namespaces, connection }] = read(
      [{ instance: 'main', cluster: 'hub', namespaces: ['argocd', 'argocd'] }],
      { ...CLUSTER, caData: Buffer.from('PEM').toString('base64') },
    );

    expect({ instance, namespaces }).toEqual({
      instance: 'main',
      namespaces: ['argocd'],
    });
    expect(connection.url()).toBe('https://hub.example.com');
    expect(await connection.token?.()).toBe('secret');
    expect(await connection.ca?.()).toBe('PEM');
    expect(connection.skipTlsVerify).toBeUndefined();
  });

  it('reads the other keys of such a cluster', async () => {
    const { authProvider, ...rest } = CLUSTER;
    const [{ connection }] = read([{ instance: 'main', cluster: 'hub' }], {
      ...rest,
      authMetadata: { 'kubernetes.io/auth-provider': authProvider },
      caFile: join(folder, 'ca.crt'),
      skipTLSVerify: true,
    });

    expect(await connection.ca?.()).toBe('the CA');
    expect(connection.skipTlsVerify).toBe(true);
  });

  it('reads the token of the pod again when Kubernetes has replaced it', async () => {
    const [{ connection }] = read(
      [{ instance: 'main' }],
      CLUSTER,
      pod({ KUBERNETES_SERVICE_HOST: '10.100.0.1' }),
    );
    expect(connection.url()).toBe('https://10.100.0.1:443');
    expect(await connection.ca?.()).toBe('the CA');
    expect(await connection.token?.()).toBe('first');

    await writeFile(join(folder, 'token'), 'second');
    expect(await connection.token?.()).toBe('second');
  });

  it('uses the service account of the pod for a cluster without a token, as Backstage does', async () => {
    const { serviceAccountToken: _, ...cluster } = CLUSTER;
    const [{ connection }] = read(
      [{ instance: 'main', cluster: 'hub' }],
      cluster,
      pod({}),
    );
    expect(connection.url()).toBe('https://hub.example.com');
    expect(await connection.token?.()).toBe('first');
    expect(await connection.ca?.()).toBe('the CA');
  });

  it('writes the address of an IPv6 cluster in brackets', () => {
    const [{ connection }] = read(
      [{ instance: 'main' }],
      CLUSTER,
      pod({
        KUBERNETES_SERVICE_HOST: 'fd00::1',
        KUBERNETES_SERVICE_PORT: '6443',
      }),
    );
    expect(connection.url()).toBe('https://[fd00::1]:6443');
  });

  it('accepts the own cluster outside of one, and says later what is missing', () => {
    const [{ connection }] = read([{ instance: 'main' }], CLUSTER, pod({}));
    expect(() => connection.url()).toThrow(
      /delivery\.imageUpdater\.kubernetes\[0\]: KUBERNETES_SERVICE_HOST isn't set/,
    );
  });

  it.each<[string, JsonValue, JsonObject, RegExp]>([
    ['a section', {}, CLUSTER, /delivery\.imageUpdater\.kubernetes/],
    [
      'an unknown key',
      [{ instance: 'main', clusterName: 'hub' }],
      CLUSTER,
      /clusterName/,
    ],
    [
      'an unknown instance',
      [{ instance: 'mian' }],
      CLUSTER,
      /kubernetes\[0\]\.instance.*no Argo CD instance 'mian'/,
    ],
    [
      'an instance twice',
      [{ instance: 'main' }, { instance: 'main' }],
      CLUSTER,
      /kubernetes\[1\]\.instance.*two entries/,
    ],
    [
      'no namespaces',
      [{ instance: 'main', namespaces: [] }],
      CLUSTER,
      /leave it out for all namespaces/,
    ],
    [
      'a namespace that is a path',
      [{ instance: 'main', namespaces: ['../x'] }],
      CLUSTER,
      /valid namespace name/,
    ],
    [
      'an unknown cluster',
      [{ instance: 'main', cluster: 'hbu' }],
      CLUSTER,
      /no cluster 'hbu'.*Found: hub/,
    ],
    [
      'a cluster that needs a token of AWS',
      [{ instance: 'main', cluster: 'hub' }],
      { ...CLUSTER, authProvider: 'aws' },
      /clusterLocatorMethods\[1\]\.clusters\[0\]\.authProvider: .*not 'aws'.*serviceAccountToken/,
    ],
    [
      'a cluster with a wrong URL',
      [{ instance: 'main', cluster: 'hub' }],
      { ...CLUSTER, url: 'hub' },
      /clusters\[0\]\.url: 'hub' is not a URL/,
    ],
  ])('refuses %s', (_, kubernetes, cluster, message) => {
    expect(() => read(kubernetes, cluster)).toThrow(message);
  });
});
