import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { checkDeliveryKeys } from './deliveryKeys';

describe('checkDeliveryKeys', () => {
  it.each([
    [undefined],
    [{}],
    [{ retention: { promotions: { days: 90 } } }],
    [{ watch: { silenceTimeout: '30s', relistInterval: { minutes: 5 } } }],
    [{ registries: [{ host: 'ghcr.io', type: 'oci', token: 't' }] }],
    [{ environments: [{ name: 'dev', match: { labels: { a: 'b' } } }] }],
    [{ events: { ecr: null, argocd: [{ instance: 'main', token: 't' }] } }],
  ])('accepts %j', delivery => {
    expect(() => checkDeliveryKeys(delivery)).not.toThrow();
  });

  it.each([
    [
      { retention: { promotion: { days: 90 } } },
      "'delivery.retention.promotion' (did you mean 'promotions'?)",
    ],
    [
      { enviroments: [] },
      "'delivery.enviroments' (did you mean 'environments'?)",
    ],
    [
      { registries: [{ host: 'a' }, { host: 'b', userName: 'c' }] },
      "'delivery.registries[1].userName' (did you mean 'username'?)",
    ],
    [
      { events: { ecr: { tokn: 'secret' } } },
      "'delivery.events.ecr.tokn' (did you mean 'token'?)",
    ],
    [
      { ['__proto__x']: 1, constructor: {} },
      "'delivery.constructor' (did you mean",
    ],
  ])('refuses %j', (delivery, message) => {
    expect(() => checkDeliveryKeys(delivery)).toThrow(message);
  });

  it('reports all unknown keys at once, without values', () => {
    const check = () =>
      checkDeliveryKeys({ watchh: { a: 1 }, registry: { pollIntervall: 'x' } });

    expect(check).toThrow("'delivery.watchh'");
    expect(check).toThrow("'delivery.registry.pollIntervall'");
  });

  it('knows all keys in the configuration files of this repository', () => {
    for (const name of ['', '.development', '.sandbox', '.production']) {
      const file = resolve(__dirname, `../../../../app-config${name}.yaml`);
      const { delivery } = parse(readFileSync(file, 'utf8'));

      expect(() => checkDeliveryKeys(delivery)).not.toThrow();
    }
  });
});
