import { requiredVariables } from './placeholders';

describe('requiredVariables', () => {
  it('lists each variable without a default, with all of its keys', () => {
    expect(
      requiredVariables({
        app: { baseUrl: '${PORTAL_URL}' },
        backend: {
          baseUrl: '${ PORTAL_URL }',
          listen: '127.0.0.1:${PORT:-7007}',
          auth: { keys: [{ secret: { $env: 'KEY' } }, { secret: 'plain' }] },
        },
        aws: { region: 'eu-${AREA}-${NUMBER}', note: '$${NOT_A_VARIABLE}' },
        permission: { enabled: true, policy: null },
      }),
    ).toEqual([
      { name: 'PORTAL_URL', keys: ['app.baseUrl', 'backend.baseUrl'] },
      { name: 'KEY', keys: ['backend.auth.keys[0].secret.$env'] },
      { name: 'AREA', keys: ['aws.region'] },
      { name: 'NUMBER', keys: ['aws.region'] },
    ]);
  });

  it('finds none in an empty configuration', () => {
    expect(requiredVariables(undefined)).toEqual([]);
    expect(requiredVariables({})).toEqual([]);
  });
});
