import { ConfigReader } from '@backstage/config';
import { readActionsConfig } from './readActionsConfig';

function read(
  actions: object | undefined,
  rest: { permission?: object; environments?: string[] } = {},
) {
  const { permission, environments = [] } = rest;
  return readActionsConfig(
    new ConfigReader({
      ...(permission && { permission }),
      delivery: { ...(actions && { actions }) },
    }),
    environments.map(name => ({ name })),
  );
}

describe('readActionsConfig', () => {
  it.each([
    [undefined, undefined, false],
    [undefined, { enabled: false }, false],
    [undefined, { enabled: true }, true],
    [{ enabled: false }, { enabled: true }, false],
    [{ enabled: true }, undefined, true],
    [{}, { enabled: true }, true],
  ])('with %j and the permissions %j: %s', (actions, permission, enabled) => {
    expect(read(actions, { permission }).enabled).toBe(enabled);
  });

  it('takes a ref without a kind for a group', () => {
    const approvals = [
      { environment: 'prod', approvers: ['leads', 'user:default/ada'] },
    ];
    expect(
      read({ approvals }, { environments: ['dev', 'prod'] }).approvals,
    ).toEqual([
      {
        environment: 'prod',
        approvers: ['group:default/leads', 'user:default/ada'],
      },
    ]);
  });

  it.each([
    [{ enabled: 'yes' }, 'delivery.actions'],
    [{ approval: [] }, 'approval'],
    [{ approvals: [{ environment: 'prod' }] }, 'approvers'],
    [
      { approvals: [{ environment: 'prod', approvers: [] }] },
      'must have at least one approver',
    ],
    [
      { approvals: [{ environment: 'prod', approvers: [''] }] },
      'delivery.actions',
    ],
    [
      { approvals: [{ environment: 'prdo', approvers: ['leads'] }] },
      "names the environment 'prdo', which delivery.environments doesn't have: dev, prod",
    ],
  ])('refuses %j', (actions, message) => {
    expect(() => read(actions, { environments: ['dev', 'prod'] })).toThrow(
      message,
    );
  });
});
