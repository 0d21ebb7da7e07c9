import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acknowledgements } from '../lib/acknowledge.ts';
import { appOf } from './cdkApp.ts';
import { configOf, PROFILES } from './deployment.ts';

/** Findings as `path id`. */
function findings(profile: (typeof PROFILES)[number]): string[] {
  const app = appOf(configOf(profile));
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(
      ({ constructPath }) => `${constructPath} ${ruleName}`,
    ),
  );
}

const found = new Map(PROFILES.map(profile => [profile, findings(profile)]));

describe("cdk-nag's rules for AWS solutions", () => {
  for (const profile of PROFILES) {
    it(`finds nothing in ${profile} that isn't acknowledged`, () => {
      const accepted = acknowledgements(configOf(profile));
      const others = (found.get(profile) ?? []).filter(
        finding =>
          !accepted.some(({ path, id }) =>
            finding.startsWith(`${path}/`) || finding.startsWith(`${path} `)
              ? finding.endsWith(` ${id}`)
              : false,
          ),
      );
      assert.deepEqual(others, []);
    });
  }

  it('has a finding for every acknowledgement', () => {
    const all = [...found.values()].flat();
    const unused = acknowledgements(configOf('ha')).filter(
      ({ path, id }) =>
        !all.some(
          finding => finding.startsWith(path) && finding.endsWith(` ${id}`),
        ),
    );
    assert.deepEqual(unused, []);
  });
});
