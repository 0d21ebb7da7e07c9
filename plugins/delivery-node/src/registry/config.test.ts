import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readRegistryConfig } from './config';

function read(...registries: JsonObject[]) {
  return readRegistryConfig(
    mockServices.rootConfig({ data: { delivery: { registries } } }),
  );
}

const ECR = {
  host: '127.0.0.1:3301',
  type: 'ecr',
  accountId: '123456789012',
  region: 'eu-west-1',
};
const OCI = { host: 'ghcr.io', type: 'oci' };

describe('readRegistryConfig', () => {
  it('accepts a configuration without registries', () => {
    expect(readRegistryConfig(mockServices.rootConfig())).toEqual({
      ecr: [],
      oci: [],
    });
  });

  it('reads both kinds of registries', () => {
    expect(
      read(
        ECR,
        OCI,
        { ...OCI, host: 'Docker.io', token: 'secret' },
        {
          ...OCI,
          host: 'registry.test:5000',
          url: 'http://127.0.0.1:5000/',
          username: 'reader',
          password: 'secret',
          tokenHost: 'Tokens.test:5001',
        },
      ),
    ).toEqual({
      ecr: [
        {
          host: '127.0.0.1:3301',
          accountId: '123456789012',
          region: 'eu-west-1',
        },
      ],
      oci: [
        { host: 'ghcr.io', url: 'https://ghcr.io' },
        {
          host: 'docker.io',
          url: 'https://registry-1.docker.io',
          credentials: { token: 'secret' },
        },
        {
          host: 'registry.test:5000',
          url: 'http://127.0.0.1:5000',
          tokenHost: 'tokens.test:5001',
          credentials: { username: 'reader', password: 'secret' },
        },
      ],
    });
  });

  it.each([
    [{ ...ECR, type: 'docker' }, "delivery.registries[0].type is 'docker'"],
    [{ ...ECR, host: 'http://x' }, 'delivery.registries[0].host'],
    [{ ...ECR, host: 'a/b' }, 'delivery.registries[0].host'],
    [{ ...ECR, accountId: '12' }, 'delivery.registries[0].accountId'],
    [{ ...ECR, region: undefined }, 'region'],
    [{ ...OCI, tokenHost: 'https://x' }, 'delivery.registries[0].tokenHost'],
    [{ ...OCI, url: 'ghcr.io' }, 'delivery.registries[0].url'],
    [
      { ...OCI, url: 'http://ghcr.io' },
      'http is allowed for loopback addresses only',
    ],
    [
      { ...OCI, url: 'https://a:b@ghcr.io' },
      "url: 'https://ghcr.io/' must use https",
    ],
    [
      { ...OCI, username: 'me' },
      'delivery.registries[0] has only one of username',
    ],
    [{ ...OCI, password: 'x' }, 'delivery.registries[0] has only one of'],
    [{ ...OCI, token: 'x', username: 'me' }, 'Set one or the other'],
  ])('refuses %j', (registry, message) => {
    expect(() => read(registry)).toThrow(message);
  });

  it('refuses a host that is configured twice', () => {
    expect(() => read(ECR, { ...OCI, host: ECR.host })).toThrow(
      "delivery.registries[1].host: '127.0.0.1:3301' is configured twice",
    );
  });
});
