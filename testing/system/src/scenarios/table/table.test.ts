import type { StuckCode } from '@landfall/backstage-plugin-delivery-common';
import { textOf } from '../expectations';
import { SCENARIOS } from '.';

/** The portal of the scenarios may read everything. */
type Unreached = 'updaters-unreadable' | 'sync-windows-unreadable';

/** All other codes. The compiler checks that the list is complete. */
const CODES: Record<Exclude<StuckCode, Unreached>, true> = {
  'updater-cycle': true,
  'comparison-pending': true,
  'updater-queue': true,
  'updater-unusable': true,
  'updater-overdue': true,
  'updater-not-visible': true,
  'merge-not-compared': true,
  'policy-passes-over': true,
  'updater-failing': true,
  'updater-not-enabled': true,
  'merge-pending': true,
  'request-closed': true,
  'request-missing': true,
  'not-refreshed': true,
  'comparison-failed': true,
  'automated-sync-off': true,
  'rollback-undone': true,
  'sync-window-closed': true,
  'sync-pending': true,
  syncing: true,
  'sync-failing': true,
  'rolling-out': true,
  suspended: true,
  degraded: true,
  missing: true,
};

describe('the table of scenarios', () => {
  it('covers every code that a portal can report', () => {
    const codes = SCENARIOS.flatMap(({ steps }) =>
      steps.flatMap(step => ('code' in step ? [step.code] : [])),
    );
    expect([...new Set(codes)].sort()).toEqual(Object.keys(CODES).sort());
  });

  it('has unique names that are valid for applications', () => {
    const names = SCENARIOS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    names.forEach(name => expect(name).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/));
  });

  it.each(SCENARIOS.map(({ name, steps }) => [name, steps] as const))(
    '%s: starts with an action and ends with an expectation',
    (_, steps) => {
      expect('does' in steps[0]).toBe(true);
      expect('does' in steps[steps.length - 1]).toBe(false);
      for (const step of steps) {
        expect('words' in step ? textOf(step.words) : '---').toMatch(
          /[-\w]{3}/,
        );
      }
    },
  );
});
