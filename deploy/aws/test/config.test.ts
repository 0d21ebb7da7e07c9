import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configSchema } from '../lib/config.ts';
import { RESERVED_PROJECTS } from '../lib/names.ts';
import { configOf } from './deployment.ts';
import { render, withoutHelm } from './helm.ts';
import { platformOf } from './platform.ts';

const prefixes = (names: string[]) => {
  const { registry, ...rest } = configOf('small');
  return configSchema.safeParse({
    ...rest,
    registry: { ...registry, prefixes: names },
  });
};

describe('the systems of a configuration', () => {
  for (const names of [['shop'], ['shop', 'shop-admin', '2024'], ['a']]) {
    it(`may be ${names.join(', ')}`, () => {
      assert.equal(prefixes(names).success, true);
    });
  }

  for (const [name, message] of [
    ['Shop', /at most 31 lower-case letters/],
    ['shop/api', /at most 31 lower-case letters/],
    ['shop-', /at most 31 lower-case letters/],
    ['a'.repeat(32), /at most 31 lower-case letters/],
    ['kube-system', /can't be called .*kube-/],
    ...RESERVED_PROJECTS.map(
      reserved => [reserved, /can't be called default, platform/] as const,
    ),
  ] as const) {
    it(`may not be ${name}`, () => {
      const { error } = prefixes([name]);
      assert.match(error?.issues[0].message ?? '', message);
    });
  }

  it('are each named once', () => {
    const { error } = prefixes(['shop', 'shop']);
    assert.match(error?.issues[0].message ?? '', /once/);
  });

  it(
    'are refused by the chart for the same reasons',
    { skip: withoutHelm },
    () => {
      const values = platformOf('small')?.root.spec.source.helm?.valuesObject;
      for (const systems of [
        ...RESERVED_PROJECTS.map(name => [name]),
        ['shop/api'],
        ['shop', 'shop'],
      ]) {
        assert.throws(
          () => render('platform', { ...values, systems }),
          /systems/,
          systems.join(),
        );
      }
    },
  );
});
