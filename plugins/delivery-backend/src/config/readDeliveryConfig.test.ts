import { mockServices } from '@backstage/backend-test-utils';
import { readDeliveryConfig, readEcrEventsToken } from './readDeliveryConfig';

describe('readDeliveryConfig', () => {
  const read = (delivery: object) =>
    readDeliveryConfig(mockServices.rootConfig({ data: { delivery } }));

  it('returns the documented defaults', () => {
    expect(readDeliveryConfig(mockServices.rootConfig())).toEqual({
      environments: [],
      watch: {
        silenceMs: 30_000,
        relistMs: 300_000,
        listTimeoutMs: 600_000,
        listIdleTimeoutMs: 30_000,
      },
      leaseMs: 20_000,
      registryPollIntervalMs: 300_000,
      registryReadTimeoutMs: 120_000,
      updaterIntervalMs: 120_000,
      retentionMs: 400 * 86_400_000,
      notifyOwners: false,
      notificationDigest: { above: 5, windowMs: 60_000 },
      cache: { authorizationMs: 5000, answerBytes: 64 * 1024 * 1024 },
    });
  });

  it('reads durations in both notations', () => {
    expect(
      read({
        watch: {
          silenceTimeout: '45s',
          relistInterval: 'PT10M',
          listTimeout: '1h',
          listIdleTimeout: { minutes: 1 },
        },
        registry: { pollInterval: '90s', readTimeout: '5m' },
        imageUpdater: { interval: '10m' },
        leases: { duration: '5s' },
        retention: { promotions: { days: 30 } },
      }),
    ).toMatchObject({
      watch: {
        silenceMs: 45_000,
        relistMs: 600_000,
        listTimeoutMs: 3_600_000,
        listIdleTimeoutMs: 60_000,
      },
      registryPollIntervalMs: 90_000,
      registryReadTimeoutMs: 300_000,
      updaterIntervalMs: 600_000,
      leaseMs: 5000,
      retentionMs: 30 * 86_400_000,
    });
  });

  it('keeps the order of environments', () => {
    const environments = [
      { name: 'dev', match: { labels: { env: 'dev' } } },
      { name: 'prod', match: { cluster: 'prod', name: '*-prod' } },
      { name: 'staging' },
    ];
    expect(read({ environments }).environments).toEqual(environments);
  });

  it.each([
    [{ environments: 'dev' }, 'delivery.environments'],
    [{ retention: { promotion: '90d' } }, 'delivery.retention.promotion'],
    [
      { environments: [{ name: 'a', match: { label: {} } }] },
      'delivery.environments',
    ],
    [{ environments: [{ name: 'a' }, { name: 'a' }] }, "with the name 'a'"],
    [{ watch: { silenceTimeout: '10ms' } }, 'delivery.watch.silenceTimeout'],
    [{ watch: { relistInterval: '1s' } }, 'delivery.watch.relistInterval'],
    [{ watch: { listTimeout: '1ms' } }, 'delivery.watch.listTimeout'],
    [{ watch: { listIdleTimeout: '0s' } }, 'delivery.watch.listIdleTimeout'],
    [{ registry: { pollInterval: '1s' } }, 'delivery.registry.pollInterval'],
    [{ registry: { readTimeout: '1ms' } }, 'delivery.registry.readTimeout'],
    [{ registry: { pollInterval: 'often' } }, 'delivery.registry.pollInterval'],
    [{ leases: { duration: '1s' } }, 'delivery.leases.duration'],
    [{ imageUpdater: { interval: '0s' } }, 'delivery.imageUpdater.interval'],
    [{ retention: { promotions: '1h' } }, 'delivery.retention.promotions'],
  ])('reports the key of an invalid value: %j', (delivery, key) => {
    expect(() => read(delivery)).toThrow(key);
  });
});

describe('readEcrEventsToken', () => {
  const config = (token: string) =>
    mockServices.rootConfig({
      data: { delivery: { events: { ecr: { token } } } },
    });

  it('refuses a guessable secret', () => {
    expect(() => readEcrEventsToken(config('secret'))).toThrow(
      'delivery.events.ecr.token',
    );
    expect(readEcrEventsToken(config('0123456789abcdef'))).toBe(
      '0123456789abcdef',
    );
  });
});
