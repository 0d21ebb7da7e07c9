import { topics } from '../topics';
import type { Result } from '../runner/Expectation';
import { linesOf, tally } from './report';
import { run } from './run';

async function cli(...args: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const code = await run(args, {
    out: say,
    err: say,
    env: {},
    signal: new AbortController().signal,
  });
  return { code, text: lines.join('\n') };
}

describe('the command line', () => {
  it('lists all expectations with their sources', async () => {
    const { code, text } = await cli('--list', 'rollback');
    expect(code).toBe(0);
    expect(text.split('\n')).toHaveLength(
      topics.find(({ name }) => name === 'rollback')?.statements.length ?? 0,
    );
    expect(text).toContain(
      'rollback/automated: while automated sync is on, a rollback is a 400 with code 9 (recordings/argocd/05-rollback-automated.json)',
    );
  });

  it('reports what is missing', async () => {
    const { code, text } = await cli();
    expect(code).toBe(2);
    expect(text).toContain('LANDFALL_CONFORMANCE_ARGOCD_URL is missing');
  });

  it('rejects an unknown topic, and lists the known ones', async () => {
    const { code, text } = await cli('nothing');
    expect(code).toBe(2);
    expect(text).toContain('There are updater-helmvalues, ');
  });

  it('prints help', async () => {
    const { code, text } = await cli('--help');
    expect(code).toBe(0);
    expect(text).toContain('yarn conformance --sandbox');
  });
});

describe('the report', () => {
  const statement = {
    topic: 'reads',
    id: 'one',
    claim: 'one is one',
    source: 'argocd.md',
    tookMs: 1234,
  };
  const results: Result[] = [
    { ...statement, outcome: 'ok' },
    { ...statement, outcome: 'skipped', why: 'no rights' },
    {
      ...statement,
      outcome: 'differs',
      what: 'status',
      expected: '200',
      got: '500',
    },
  ];

  it('has a line for each expectation, and details for a difference', () => {
    expect(results.flatMap(linesOf)).toEqual([
      'ok      reads/one: one is one (1.2 s)',
      'skipped reads/one: one is one — no rights',
      'differs reads/one: one is one',
      '        status',
      '        expected 200',
      '        got 500',
      '        source: argocd.md',
    ]);
    expect(tally(results)).toBe('1 ok, 1 differ, 1 skipped');
  });
});
