import { createMockDirectory } from '@backstage/backend-test-utils';
import { describeWith } from '@landfall/testing-kit';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { run, sourceOf } from '../__testUtils__/skeletons';

const MODULES = resolve(__dirname, '../../../../node_modules');
const TYPES = ['--typeRoots', join(MODULES, '@types'), '--types', 'node'];

interface Language {
  language: string;
  tool: { name: string; version: string[]; install: string };
  /** Builds the service and runs its tests. */
  test: string[][];
  start: string[];
}

const LANGUAGES: Language[] = [
  {
    language: 'node',
    tool: { name: 'Node.js', version: ['node', '-v'], install: 'nodejs.org' },
    test: [
      ['node', '--test'],
      // Node.js removes types without checking them.
      ['node', join(MODULES, 'typescript/bin/tsc'), ...TYPES],
    ],
    start: ['node', 'src/main.ts'],
  },
  {
    language: 'go',
    tool: { name: 'Go', version: ['go', 'version'], install: 'go.dev' },
    test: [
      ['go', 'vet', './...'],
      ['go', 'test', './...'],
      ['go', 'build', '-o', 'service.bin', '.'],
    ],
    start: ['./service.bin'],
  },
  {
    language: 'python',
    tool: {
      name: 'Python 3.11',
      version: ['python3', '-c', 'from datetime import UTC'],
      install: 'python.org',
    },
    test: [['python3', '-m', 'unittest']],
    start: ['python3', '-m', 'service'],
  },
  {
    language: 'java',
    tool: {
      name: 'Maven',
      version: ['mvn', '-v'],
      install: 'maven.apache.org',
    },
    test: [['mvn', '--batch-mode', '--quiet', 'package']],
    start: ['java', '-jar', 'target/service.jar'],
  },
];

function isInstalled([program, ...args]: string[]): boolean {
  return spawnSync(program, args).status === 0;
}

for (const { language, tool, test, start } of LANGUAGES) {
  const { name, version, install } = tool;
  describeWith({ name, install, isInstalled: isInstalled(version) })(
    `a new service in ${language}`,
    () => {
      const workspace = createMockDirectory();
      let folder: string;

      beforeAll(async () => {
        folder = await sourceOf(workspace.path, language);
      });

      it('passes its own tests', () => {
        for (const command of test) {
          const { status, output } = run(folder, command);
          expect({ status, output }).toMatchObject({ status: 0 });
        }
      }, 600_000);

      it('answers, logs lines of JSON, and ends by itself after SIGTERM', async () => {
        const { HOME, PATH } = process.env;
        const child = spawn(start[0], start.slice(1), {
          cwd: folder,
          env: { HOME, PATH, PORT: '0' },
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const exited = once(child, 'exit');
        const entries: Record<string, unknown>[] = [];
        const answers: unknown[] = [];
        for await (const line of createInterface({ input: child.stdout })) {
          const entry = JSON.parse(line);
          entries.push(entry);
          if (entry.message === 'listening') {
            const url = `http://127.0.0.1:${entry.port}`;
            for (const path of ['/livez', '/readyz']) {
              answers.push((await fetch(url + path)).status);
            }
            const response = await fetch(`${url}/a?b=c`);
            answers.push(response.headers.get('content-type'));
            answers.push(await response.json());
            child.kill('SIGTERM');
          }
        }
        expect(answers).toEqual([
          204,
          204,
          'application/json',
          { name: 'api', version: '1.0.0' },
        ]);
        expect(entries.map(({ message }) => message)).toEqual([
          'listening',
          'answered',
          'ending',
          'ended',
        ]);
        expect(entries[1]).toMatchObject({
          method: 'GET',
          path: '/a',
          status: 200,
          milliseconds: expect.any(Number),
        });
        for (const { time } of entries) {
          expect(Date.parse(String(time))).not.toBeNaN();
        }
        expect(await exited).toEqual([0, null]);
      }, 120_000);
    },
  );
}
