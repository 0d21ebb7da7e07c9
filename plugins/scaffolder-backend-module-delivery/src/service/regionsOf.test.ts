import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import { regionsOf } from './regionsOf';

const ENVIRONMENTS = ['dev', 'prod'];
const of = (...regions: [string, string][]) =>
  regions.map(([environment, region]) => ({ environment, region }));

function throwsInputError(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch (error) {
    return error instanceof InputError;
  }
}

describe('regionsOf', () => {
  it.each([
    [of(), {}],
    [of(['prod', 'us-east-1']), { prod: 'us-east-1' }],
    [
      of(['prod', 'us-gov-east-1'], ['dev', 'eusc-de-east-1']),
      { prod: 'us-gov-east-1', dev: 'eusc-de-east-1' },
    ],
  ])('reads %j', (listed, expected) => {
    expect(Object.fromEntries(regionsOf(listed, ENVIRONMENTS))).toEqual(
      expected,
    );
  });

  it.each([
    [of(['staging', 'us-east-1']), 'has no environment "staging"'],
    [of(['prod', 'us-east-1'], ['prod', 'eu-west-1']), 'has two regions'],
    [of(['prod', 'us-east']), '"us-east" is not an AWS region'],
    [of(['prod', 'eu-west-1.evil.example']), 'is not an AWS region'],
  ])('refuses %j', (listed, message) => {
    expect(() => regionsOf(listed, ENVIRONMENTS)).toThrow(message);
  });

  it('lets nothing pass that could be more than a part of a host name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), region => {
        const read = () => regionsOf(of(['dev', region]), ENVIRONMENTS);
        const isPlain = /^[a-z0-9-]+$/.test(region);
        expect(isPlain || throwsInputError(read)).toBe(true);
      }),
    );
  });
});
