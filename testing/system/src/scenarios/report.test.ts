import { readOptions } from './options';
import { resultText } from './report';
import { SCENARIOS } from './table';
import type { Scenario } from './types';

const SCENARIO: Scenario = {
  name: 'synced-by-hand',
  story: 'automated sync is off',
  steps: [
    { does: 'CI pushes', run: async () => {} },
    { code: 'automated-sync-off', words: 'someone has to sync' },
    { verdict: 'chosen', words: 'taken by the policy' },
    { timeline: { '1.0.0': 'live', '1.0.1': 'open' } },
  ],
};

describe('resultText', () => {
  it('shows the reports of the portal, shortened to a line', () => {
    const message = `Automated\nsync ${'is '.repeat(60)}off`;
    const text = resultText(
      {
        scenario: SCENARIO,
        seconds: 4.25,
        reports: [{ code: 'automated-sync-off', message }],
        history: [],
      },
      '/logs',
    );
    const [head, report, ...rest] = text.split('\n');
    expect(head).toMatch(/^synced-by-hand +4\.3 s +as expected +automated/);
    expect(report).toMatch(/^ +automated-sync-off +Automated sync is is .*…$/);
    expect(report.length).toBeLessThan(130);
    expect(rest).toEqual([]);
  });

  it('lists the steps and the reports of a failed scenario', () => {
    const text = resultText(
      {
        scenario: SCENARIO,
        seconds: 90,
        reports: [],
        failure: 'Timed out after 90 s',
        history: ['3.0 s  updater-cycle: Pending'],
      },
      '/logs',
    );
    for (const part of [
      'DIFFERENT',
      'Timed out after 90 s',
      'CI pushes',
      'automated-sync-off: "…someone has to sync…"',
      'verdict is chosen: "…taken by the policy…"',
      'promotions 1.0.0 live, 1.0.1 open, and no others',
      '3.0 s  updater-cycle: Pending',
      'yarn scenarios --only synced-by-hand',
      '/logs',
    ]) {
      expect(text).toContain(part);
    }
  });
});

describe('readOptions', () => {
  const names = (...args: string[]) =>
    readOptions(args)?.scenarios.map(({ name }) => name);

  it('selects all scenarios, or the named ones', () => {
    expect(names()).toHaveLength(SCENARIOS.length);
    expect(names('--only', 'missing', '--only', 'degraded')).toEqual([
      'degraded',
      'missing',
    ]);
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it('lists the scenarios if there is none of a given name', () => {
    expect(() => names('--only', 'lost')).toThrow(
      /no scenario lost; there are events-astray, /,
    );
  });
});
