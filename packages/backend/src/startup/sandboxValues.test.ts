import { loadConfigSchema } from '@backstage/config-loader';
import type { JsonObject } from '@backstage/types';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { visitStrings } from './placeholders';
import {
  SANDBOX_ENDPOINTS,
  SANDBOX_SECRETS,
  sandboxValues,
} from './sandboxValues';

const ROOT = resolve(__dirname, '../../../..');

/** The sandbox's configuration, with its default ports. */
function sandboxConfig(): JsonObject {
  const file = resolve(ROOT, 'app-config.sandbox.yaml');
  return parse(
    readFileSync(file, 'utf8').replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1'),
  );
}

describe('sandboxValues', () => {
  it('knows exactly the secrets of app-config.sandbox.yaml', async () => {
    const schema = await loadConfigSchema({
      dependencies: ['backend', '@landfall/backstage-plugin-delivery-node'],
    });
    const [{ data }] = schema.process(
      [{ context: 'sandbox', data: sandboxConfig() }],
      { visibility: ['secret'], ignoreSchemaErrors: true },
    );
    const secrets = new Set<string>();
    visitStrings(data, text => secrets.add(text));

    expect([...SANDBOX_SECRETS].sort()).toEqual([...secrets].sort());
  });

  it('knows exactly the addresses of app-config.sandbox.yaml', () => {
    const addresses = new Set<string>();
    visitStrings(sandboxConfig(), text => {
      for (const [address] of text.matchAll(/127\.0\.0\.1:\d+/g)) {
        addresses.add(address);
      }
    });

    expect([...SANDBOX_ENDPOINTS].sort()).toEqual([...addresses].sort());
  });

  it('reports sandbox values by key, without quoting them', () => {
    const found = sandboxValues(sandboxConfig());

    expect(found).toEqual(
      expect.arrayContaining([
        'integrations.gitea[0].password holds a secret of the sandbox, which is public.',
        'aws.accounts[0].secretAccessKey holds a secret of the sandbox, which is public.',
        'delivery.events.ecr.token holds a secret of the sandbox, which is public.',
        'argocd.appLocatorMethods[0].instances[0].url is an address of the sandbox.',
        'scaffolder.defaultEnvironment.parameters.configRepository is an address of the sandbox.',
        expect.stringMatching(/^auth\.providers\.guest lets everybody in/),
      ]),
    );
    for (const secret of SANDBOX_SECRETS) {
      expect(found.join('\n')).not.toContain(secret);
    }
  });

  it.each([
    [{}],
    [{ auth: { providers: { guest: null } } }],
    [{ auth: { providers: { okta: { production: {} } } } }],
    [{ argocd: { url: 'https://argocd.example.com' } }],
  ])('accepts %j', config => {
    expect(sandboxValues(config)).toEqual([]);
  });
});
