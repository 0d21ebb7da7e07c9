import { readOptions } from './options';
import { resultText } from './report';
import { SITUATIONS } from './table';
import type { Scenario } from './types';

const SITUATION: Scenario = {
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
  it('shows what the portal said, shortened to a line', () => {
    const message = `Automated\nsync ${'is '.repeat(60)}off`;
    const text = resultText(
      {
        scenario: SITUATION,
        seconds: 4.25,
        said: [{ code: 'automated-sync-off', message }],
        history: [],
      },
      '/logs',
    );
    const [head, said, ...rest] = text.split('\n');
    expect(head).toMatch(/^synced-by-hand +4\.3 s +as expected +automated/);
    expect(said).toMatch(/^ +automated-sync-off +Automated sync is is .*…$/);
    expect(said.length).toBeLessThan(130);
    expect(rest).toEqual([]);
  });

  it('tells of one that is different what was to happen and what was said', () => {
    const text = resultText(
      {
        scenario: SITUATION,
        seconds: 90,
        said: [],
        failure: 'Waited 90 s in vain',
        history: ['3.0 s  updater-cycle: Waits'],
      },
      '/logs',
    );
    for (const part of [
      'DIFFERENT',
      'Waited 90 s in vain',
      'CI pushes',
      'automated-sync-off: "…someone has to sync…"',
      'judges chosen: "…taken by the policy…"',
      'promotions 1.0.0 live, 1.0.1 open, and no other',
      '3.0 s  updater-cycle: Waits',
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

  it('takes all scenarios, or those that are named', () => {
    expect(names()).toHaveLength(SITUATIONS.length);
    expect(names('--only', 'missing', '--only', 'degraded')).toEqual([
      'degraded',
      'missing',
    ]);
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it('says which there are when there is none of a name', () => {
    expect(() => names('--only', 'lost')).toThrow(
      /no scenario lost; there are events-astray, /,
    );
  });
});
