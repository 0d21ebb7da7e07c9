import type { StuckCode } from '@landfall/backstage-plugin-delivery-common';
import { textOf } from '../textOf';
import { SITUATIONS } from '.';

/**
 * Reasons for evidence that the scenarios don't have: their portal may read
 * everything, its ImageUpdaters are visible and usable, Argo CD compares all the
 * time, and no queue is long.
 */
type Unreached =
  | 'updaters-unreadable'
  | 'sync-windows-unreadable'
  | 'comparison-pending'
  | 'updater-queue'
  | 'updater-unusable'
  | 'updater-not-visible';

/** All other codes. The compiler checks that the list is complete. */
const CODES: Record<Exclude<StuckCode, Unreached>, true> = {
  'updater-cycle': true,
  'policy-passes-over': true,
  'updater-failing': true,
  'updater-not-enabled': true,
  'updater-overdue': true,
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
  it('has each code that a portal can say', () => {
    const said = SITUATIONS.flatMap(({ steps }) =>
      steps.flatMap(step => ('code' in step ? [step.code] : [])),
    );
    expect([...new Set(said)].sort()).toEqual(Object.keys(CODES).sort());
  });

  it('has names that applications may have, each once', () => {
    const names = SITUATIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    names.forEach(name => expect(name).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/));
  });

  it.each(SITUATIONS.map(({ name, steps }) => [name, steps] as const))(
    '%s: something happens, and what is said of it is expected at the end',
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
