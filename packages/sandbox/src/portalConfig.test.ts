import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { CREDENTIALS, PORTS } from './defaults';

describe('app-config.sandbox.yaml', () => {
  it('has the credentials and the addresses of the sandbox', () => {
    const file = resolve(__dirname, '../../../app-config.sandbox.yaml');
    const config = parse(readFileSync(file, 'utf8'));
    const address = (part: 'git' | 'ecr' | 'argocd') =>
      `127.0.0.1:\${${PORTS[part].variable}:-${PORTS[part].port}}`;
    const { git, argocd, aws, events } = CREDENTIALS;
    const { accountId, region, ...keys } = aws;

    expect(config).toMatchObject({
      integrations: { gitea: [{ host: address('git'), ...git }] },
      argocd: {
        appLocatorMethods: [
          {
            instances: [
              {
                url: `http://${address('argocd')}`,
                token: argocd.backstage.token,
              },
            ],
          },
        ],
      },
      aws: { mainAccount: keys, accounts: [{ accountId, ...keys }] },
      delivery: {
        registries: [{ host: address('ecr'), accountId, region }],
        events: { ecr: { token: events.token } },
      },
    });
  });
});
