import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { topics } from './topics';
import type { Result } from './runner/Expectation';
import { runSuite, type SuiteReport } from './runSuite';
import { type SandboxTarget, startSandboxTarget } from './target/sandbox';
import { type Tamper, TamperingProxy } from './testing/TamperingProxy';

const exec = promisify(execFile);

const named = (...names: string[]) =>
  topics.filter(({ name }) => names.includes(name));

/** Names of the expectations with the given outcome. */
const which = (results: Result[], outcome: Result['outcome']) =>
  results
    .filter(result => result.outcome === outcome)
    .map(({ topic, id }) => `${topic}/${id}`)
    .sort();

describe('an installation with different responses', () => {
  let sandbox: SandboxTarget;

  beforeAll(async () => {
    sandbox = await startSandboxTarget();
  });

  afterAll(async () => {
    await sandbox.stop();
  });

  /** Runs topics through a proxy, and checks that they leave nothing behind. */
  async function run(
    tamper: Tamper,
    names: string[],
    signal = new AbortController().signal,
    onResult?: (result: Result) => void,
  ): Promise<SuiteReport> {
    const { config } = sandbox;
    const proxy = await TamperingProxy.start(config.argocd.url, tamper);
    try {
      const report = await runSuite({
        config: {
          ...config,
          argocd: { ...config.argocd, url: proxy.url },
          timeouts: { ...config.timeouts, seconds: 15 },
        },
        topics: named(...names),
        signal,
        onResult,
      });
      expect(await remains(report.prefix)).toEqual([]);
      expect(report.leftovers).toEqual([]);
      return report;
    } finally {
      await proxy.stop();
    }
  }

  /** Applications and branches with the given name prefix. */
  async function remains(prefix: string): Promise<string[]> {
    const { argocd, git } = sandbox.config;
    const response = await fetch(`${argocd.url}/api/v1/applications`, {
      headers: { authorization: `Bearer ${argocd.token}` },
    });
    const basic = Buffer.from(`${git.username}:${git.password}`).toString(
      'base64',
    );
    const { stdout } = await exec('git', [
      '-c',
      `http.extraHeader=Authorization: Basic ${basic}`,
      'ls-remote',
      git.url,
    ]);
    return (
      `${await response.text()}${stdout}`.match(
        new RegExp(`${prefix}[a-z-]*`, 'g'),
      ) ?? []
    );
  }

  it('differs exactly in what was changed, and is cleaned up', async () => {
    const { results } = await run(
      ({ path, status, body }) => {
        if (status === 403 && !path.includes('project=')) {
          return path.endsWith('-none') ? { status: 404 } : undefined;
        }
        if (body.endsWith('"items":null}')) {
          return { body: body.replace('"items":null', '"items":[]') };
        }
        if (path === '/api/version') {
          return { body: '{"Version":"v3.5.1","HelmVersion":"v4"}' };
        }
        if (status === 415) {
          return { body: 'unsupported media type\n' };
        }
        return undefined;
      },
      ['errors', 'lists', 'sign-in'],
    );
    expect(which(results, 'differs')).toEqual([
      'errors/content-type',
      'errors/missing-without-project',
      'errors/without-rights',
      'lists/empty-lists-are-null',
      'sign-in/version',
    ]);
    expect(which(results, 'skipped')).toEqual([]);
    expect(
      results.find(({ id }) => id === 'missing-without-project'),
    ).toMatchObject({
      what: 'missing: status',
      expected: '403',
      got: '404',
    });
  });

  it('differs if history and message are missing', async () => {
    const { results } = await run(
      ({ method, path, body }) => {
        if (method !== 'GET' || !/applications\/[a-z-]+-history\?/.test(path)) {
          return undefined;
        }
        const answer: { status?: { history?: unknown[] } } = JSON.parse(body);
        if (answer.status?.history) {
          answer.status.history = [];
        }
        return {
          body: JSON.stringify(answer).replace(
            'one or more synchronization tasks',
            'some tasks',
          ),
        };
      },
      ['history'],
    );
    expect(which(results, 'differs')).toEqual(
      expect.arrayContaining([
        'history/failed-sync',
        'history/first-sync',
        'history/limit',
        'history/same-revision-again',
      ]),
    );
    expect(which(results, 'ok')).toContain('history/dry-run');
  });

  it('differs if it breaks connections, and is cleaned up', async () => {
    const { results } = await run(
      ({ path }) => (path.includes('/revisions/') ? 'cut' : undefined),
      ['revisions'],
    );
    expect(results.find(({ id }) => id === 'metadata')).toMatchObject({
      outcome: 'differs',
      what: expect.stringMatching(/^could not be checked: GET .* failed/),
    });
    expect(which(results, 'ok')).toContain('revisions/manifests-of-a-revision');
  });

  it('is skipped with the reason if it forbids creating applications', async () => {
    const { results } = await run(
      ({ method, path }) =>
        method === 'POST' && path === '/api/v1/applications'
          ? { status: 403, body: '{"error":"no","code":7,"message":"no"}' }
          : undefined,
      ['errors', 'sign-in'],
    );
    expect(
      which(results, 'skipped').every(name => name.startsWith('errors/')),
    ).toBe(true);
    expect(results.find(({ topic }) => topic === 'errors')).toMatchObject({
      outcome: 'skipped',
      why: expect.stringContaining(
        'the account may not create applications in project shop',
      ),
    });
    expect(which(results, 'ok')).toContain('sign-in/login');
  });

  it('is cleaned up when the run is interrupted', async () => {
    const ending = new AbortController();
    const { results } = await run(
      () => undefined,
      ['history', 'lists'],
      ending.signal,
      ({ id }) => {
        if (id === 'list-by-name') {
          ending.abort();
        }
      },
    );
    expect(which(results, 'differs')).toEqual([]);
    expect(results).toHaveLength(
      named('history', 'lists').flatMap(({ statements }) => statements).length,
    );
    expect(
      results.filter(
        result =>
          result.outcome === 'skipped' &&
          result.why === 'the run was interrupted',
      ).length,
    ).toBeGreaterThan(0);
  });
});
