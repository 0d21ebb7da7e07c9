import fc from 'fast-check';
import { EcrHosts } from './EcrHosts';
import { ecrHost, ecrHosts, parseEcrHost } from './parseEcrHost';

const ACCOUNT = '123456789012';

describe('parseEcrHost', () => {
  it.each([
    [`${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com`, 'eu-west-1'],
    [`${ACCOUNT}.dkr.ecr-fips.us-gov-west-1.amazonaws.com`, 'us-gov-west-1'],
    [`${ACCOUNT}.dkr.ecr.cn-north-1.amazonaws.com.cn`, 'cn-north-1'],
    [`${ACCOUNT}.dkr.ecr.eusc-de-east-1.amazonaws.eu`, 'eusc-de-east-1'],
    [`${ACCOUNT}.dkr.ecr.us-iso-east-1.c2s.ic.gov`, 'us-iso-east-1'],
    [`${ACCOUNT}.dkr.ecr-fips.us-isob-east-1.sc2s.sgov.gov`, 'us-isob-east-1'],
    [`${ACCOUNT}.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk`, 'eu-isoe-west-1'],
    [`${ACCOUNT}.dkr.ecr.us-isof-south-1.csp.hci.ic.gov`, 'us-isof-south-1'],
    [`${ACCOUNT}.dkr-ecr.eu-central-1.on.aws`, 'eu-central-1'],
    [`${ACCOUNT}.dkr-ecr.us-gov-east-1.on.aws`, 'us-gov-east-1'],
    [`${ACCOUNT}.dkr-ecr-fips.us-east-1.on.aws`, 'us-east-1'],
    [`${ACCOUNT}.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn`, 'cn-north-1'],
    [
      `${ACCOUNT}.dkr-ecr.eusc-de-east-1.on.amazonwebservices.eu`,
      'eusc-de-east-1',
    ],
  ])('recognizes %s', (host, region) => {
    expect(parseEcrHost(host)).toEqual({ accountId: ACCOUNT, region });
  });

  it.each([
    '',
    'docker.io',
    'public.ecr.aws',
    '12345678901.dkr.ecr.eu-west-1.amazonaws.com',
    `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com.evil.example`,
    `x${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com`,
    `${ACCOUNT}.dkr.ecr..amazonaws.com`,
    `${ACCOUNT}.dkrXecr.eu-west-1.amazonaws.com`,
    `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com:443`,
    `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com.cn`,
    `${ACCOUNT}.dkr.ecr.cn-north-1.amazonaws.com`,
    `${ACCOUNT}.dkr-ecr.eu-west-1.amazonaws.com`,
    `${ACCOUNT}.dkr.ecr.eu-west-1.on.aws`,
    `${ACCOUNT}.dkr-ecr.us-iso-east-1.on.aws`,
  ])('does not recognize %j', host => {
    expect(parseEcrHost(host)).toBeUndefined();
  });

  it('parses every host that ecrHosts returns', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{12}$/),
        fc.stringMatching(
          /^(eu|us|ap|cn|us-gov|eusc-de|us-iso|us-isob|eu-isoe|us-isof)-[a-z]{4,9}-[1-9]$/,
        ),
        (accountId, region) => {
          const registry = { accountId, region };
          const hosts = ecrHosts(registry);
          expect(hosts.length).toBe(
            /^(us-iso|us-isob|us-isof|eu-isoe)-/.test(region) ? 2 : 4,
          );
          expect(hosts.map(parseEcrHost)).toEqual(hosts.map(() => registry));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const MIRROR = {
  host: '127.0.0.1:3301',
  accountId: ACCOUNT,
  region: 'eu-west-1',
};

describe('EcrHosts', () => {
  it('maps hosts to registries and back', () => {
    const hosts = EcrHosts.create([MIRROR]);
    const registry = { accountId: ACCOUNT, region: 'eu-west-1' };
    expect(hosts.registryOf(MIRROR.host)).toEqual(registry);
    expect(hosts.registryOf(ecrHost(registry))).toEqual(registry);
    expect(hosts.hostsOf(registry)).toEqual([
      MIRROR.host,
      ...ecrHosts(registry),
    ]);
    expect(hosts.hostsOf({ ...registry, region: 'us-east-1' })).toEqual([
      `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com`,
      `${ACCOUNT}.dkr.ecr-fips.us-east-1.amazonaws.com`,
      `${ACCOUNT}.dkr-ecr.us-east-1.on.aws`,
      `${ACCOUNT}.dkr-ecr-fips.us-east-1.on.aws`,
    ]);
    expect(hosts.parse(`${MIRROR.host}/shop/api`)).toEqual({
      registry,
      name: 'shop/api',
    });
    expect(hosts.parse('/shop/api')).toBeUndefined();
  });
});
