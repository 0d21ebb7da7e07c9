import { ConfigReader } from '@backstage/config';
import { readArgoCdWebhooks } from './readArgoCdWebhooks';

const SECRET = 'a-long-enough-secret';

function read(argocd: unknown) {
  const config = new ConfigReader(
    JSON.parse(JSON.stringify({ delivery: { events: { argocd } } })),
  );
  return readArgoCdWebhooks(config, ['main', 'edge']);
}

describe('readArgoCdWebhooks', () => {
  it('reads one webhook per instance', () => {
    expect(
      read([
        { instance: 'main', token: SECRET },
        { instance: 'edge', token: SECRET, header: 'X-Portal-Token' },
      ]),
    ).toEqual([
      {
        instance: 'main',
        secret: { kind: 'token', header: 'x-landfall-token', token: SECRET },
      },
      {
        instance: 'edge',
        secret: { kind: 'token', header: 'x-portal-token', token: SECRET },
      },
    ]);
    expect(read([{ instance: 'edge', hmacSecret: SECRET }])).toEqual([
      { instance: 'edge', secret: { kind: 'hmac', secret: SECRET } },
    ]);
  });

  it('has none by default', () => {
    expect(read(undefined)).toEqual([]);
  });

  it.each([
    ['no list', { main: SECRET }, 'delivery.events.argocd'],
    ['no secret', [{ instance: 'main' }], 'delivery.events.argocd[0]'],
    [
      'two kinds of secret',
      [{ instance: 'main', token: SECRET, hmacSecret: SECRET }],
      'delivery.events.argocd[0]',
    ],
    [
      'a short token',
      [{ instance: 'main', token: 'short' }],
      'delivery.events.argocd[0].token',
    ],
    [
      'a short key',
      [{ instance: 'main', hmacSecret: 'short' }],
      'delivery.events.argocd[0].hmacSecret',
    ],
    [
      'an instance that isn’t configured',
      [{ instance: 'mian', token: SECRET }],
      'delivery.events.argocd[0].instance',
    ],
    [
      'an instance twice',
      [
        { instance: 'main', token: SECRET },
        { instance: 'main', token: SECRET },
      ],
      'delivery.events.argocd[1].instance',
    ],
    [
      'a header that can’t be one',
      [{ instance: 'main', token: SECRET, header: 'x token' }],
      'delivery.events.argocd',
    ],
    [
      'a header for a signature',
      [{ instance: 'main', hmacSecret: SECRET, header: 'x-signature' }],
      'delivery.events.argocd[0].header',
    ],
    [
      'a misspelt key',
      [{ instance: 'main', tokn: SECRET }],
      'delivery.events.argocd',
    ],
  ])('refuses %s and names the key', (_, argocd, key) => {
    expect(() => read(argocd)).toThrow(`'${key}'`);
  });
});
