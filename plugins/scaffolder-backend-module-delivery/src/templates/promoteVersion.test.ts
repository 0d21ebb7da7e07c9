import type { JsonObject } from '@backstage/types';
import {
  FakeDelivery,
  refusal,
  REPOSITORY,
} from '../__testUtils__/fakeDelivery';
import { apiOwnedBy } from '../__testUtils__/ownership';
import { runTemplate } from '../__testUtils__/runTemplate';
import { createPromoteAction, createVersionReadAction } from '../actions';

const VALUES = {
  entityRef: 'component:default/api',
  version: '1.1.0',
  environments: ['staging', 'prod'],
  mode: 'request',
};

function delivery() {
  return new FakeDelivery(
    [
      ['dev', '1.1.0'],
      ['staging', '1.0.0'],
      ['prod', '1.0.0'],
    ].map(([environment, tag]) => ({
      environment,
      name: `api-${environment}`,
      images: [{ repository: REPOSITORY, running: [{ tag }] }],
      actionKey: `key-${environment}`,
    })),
  );
}

function promote(service: FakeDelivery, values: JsonObject = {}) {
  return runTemplate({
    template: 'promote-version',
    values: { ...VALUES, ...values },
    actions: [
      createVersionReadAction({ service }),
      createPromoteAction({ service, actions: service }),
    ],
    entities: [apiOwnedBy('group:default/shop-team')],
  });
}

describe('promote-version', () => {
  it('promotes into the chosen environments, and says how far it got', async () => {
    const service = delivery();
    const result = await promote(service, {
      hold: true,
      reason: 'It is "fine"',
    });
    expect(result).toMatchObject({ steps: ['before', 'promote'] });
    expect(result).not.toHaveProperty('error');
    expect(
      service.requests.flatMap(({ items, via, hold, reason }) =>
        items.map(({ application, tag }) => ({
          name: application.name,
          tag,
          via,
          hold,
          reason,
        })),
      ),
    ).toEqual(
      ['api-staging', 'api-prod'].map(name => ({
        name,
        tag: '1.1.0',
        via: 'request',
        hold: true,
        reason: 'It is "fine"',
      })),
    );
    const text = 'texts' in result ? result.texts['What was done'] : 'nothing';
    expect(text).toContain(
      '| prod | 1.0.0 | 1.1.0 | accepted | https://git.example.com/7 |',
    );
    expect(text).not.toMatch(/\$\{\{|\{%/);
  });

  it('changes Git by a commit if told so', async () => {
    const service = delivery();
    await promote(service, { mode: 'commit', environments: ['staging'] });
    expect(service.requests).toMatchObject([
      { via: 'commit', items: [{ tag: '1.1.0' }] },
    ]);
  });

  it('shows what the delivery plugin refuses, and changes nothing', async () => {
    const service = delivery();
    service.beforeStart = async () => {
      throw await refusal(403, 'NotAllowedError', 'You may not promote api');
    };
    await expect(promote(service)).resolves.toMatchObject({
      error: expect.stringContaining('You may not promote api'),
    });
    expect(service.requests).toEqual([]);
  });

  it.each([
    { version: 'a/b' },
    { environments: [] },
    { entityRef: 'system:default/shop' },
    { mode: 'push' },
  ])('is refused with %j', async values => {
    const service = delivery();
    expect(await promote(service, values)).toHaveProperty('refused');
    expect(service.callers).toEqual([]);
  });
});
