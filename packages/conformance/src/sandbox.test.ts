import { topics } from './topics';
import { linesOf } from './cli/report';
import type { Result } from './runner/Expectation';
import { runSuite, type SuiteReport } from './runSuite';
import { type SandboxTarget, startSandboxTarget } from './target/sandbox';

// All expectations are checked once, concurrently. A test only waits for its own.
jest.setTimeout(900_000);

/** Expectations that can't be checked on the sandbox, with the expected reason. */
const SKIPPED: Record<string, string> = {};

const statements = topics.flatMap(topic => topic.statements);
const keyOf = ({ topic, id }: { topic: string; id: string }) =>
  `${topic}/${id}`;

describe('the sandbox', () => {
  let sandbox: SandboxTarget;
  let report: Promise<SuiteReport>;
  const results = new Map<string, (result: Result) => void>();
  const pending = new Map(
    statements.map(statement => [
      keyOf(statement),
      new Promise<Result>(resolve => results.set(keyOf(statement), resolve)),
    ]),
  );

  beforeAll(async () => {
    sandbox = await startSandboxTarget();
    report = runSuite({
      config: sandbox.config,
      signal: new AbortController().signal,
      onResult: result => results.get(keyOf(result))?.(result),
    });
  });

  afterAll(async () => {
    await report;
    await sandbox.stop();
  });

  it('is checked for expectations with unique names', () => {
    expect(pending.size).toBe(statements.length);
    expect(statements.length).toBeGreaterThan(100);
  });

  it.each(
    statements.map(
      statement => [keyOf(statement), statement.claim, statement] as const,
    ),
  )('%s: %s', async (key, _claim, _statement) => {
    const result = await Promise.race([
      pending.get(key),
      // An aborted run has no result for the remaining expectations.
      report.then(() => undefined),
    ]);
    const expected: Partial<Result> =
      key in SKIPPED
        ? { outcome: 'skipped', why: SKIPPED[key] }
        : { outcome: 'ok' };
    if (result?.outcome === 'differs') {
      throw new Error(linesOf(result).join('\n'));
    }
    expect(result).toMatchObject(expected);
  });

  it('is left unchanged', async () => {
    const { leftovers, prefix } = await report;
    expect(leftovers).toEqual([]);
    const { argocd } = sandbox.config;
    const response = await fetch(`${argocd.url}/api/v1/applications`, {
      headers: { authorization: `Bearer ${argocd.token}` },
    });
    expect(await response.text()).not.toContain(prefix);
  });
});
