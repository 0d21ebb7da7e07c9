import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const DOCKERFILE = 'deploy/portal/Dockerfile';

function lines(path: string): string[] {
  return readFileSync(resolve(ROOT, path), 'utf8').split('\n');
}

/** What the Dockerfile copies from the context. */
function copiedFiles(): string[] {
  return lines(DOCKERFILE)
    .filter(line => line.startsWith('COPY '))
    .flatMap(line => line.split(' ').slice(1, -1))
    .filter(word => !word.startsWith('--'));
}

describe('the container image', () => {
  it('uses the Node version of the tests', () => {
    const bootstrap = lines('scripts/lib/node.mjs').join('\n');
    const version = /NODE_VERSION = '([\d.]+)'/.exec(bootstrap)?.[1];

    expect(lines(DOCKERFILE)).toContain(
      `ARG NODE_IMAGE=node:${version}-trixie-slim`,
    );
  });

  it('ends with a stage without build tools, as a user who is not root', () => {
    const all = lines(DOCKERFILE);
    const last = all.slice(
      all.findLastIndex(line => line.startsWith('FROM ')) + 1,
    );

    expect(all.filter(line => line.startsWith('FROM '))).toEqual([
      'FROM ${NODE_IMAGE} AS packages',
      'FROM ${NODE_IMAGE}',
    ]);
    expect(last.join('\n')).not.toMatch(/apt-get|yarn workspaces|npm install/);
    expect(last).toContain('USER 1000:1000');
    expect(
      last.flatMap(
        line => /org\.opencontainers\.image\.(\w+)=/.exec(line)?.[1] ?? [],
      ),
    ).toEqual([
      'title',
      'description',
      'licenses',
      'version',
      'revision',
      'created',
      'source',
    ]);
  });

  it('copies only what exists or is built', () => {
    const missing = copiedFiles().filter(
      file =>
        !file.startsWith('packages/backend/dist/') &&
        file !== '/app' &&
        !existsSync(resolve(ROOT, file)),
    );

    expect(missing).toEqual([]);
  });

  it('contains the shared and the production configurations only', () => {
    const configs = copiedFiles().filter(file => file.includes('app-config'));

    expect(configs).toEqual([
      'app-config.yaml',
      'app-config.production.yaml',
      'deploy/portal/app-config.aws.yaml',
    ]);
  });

  it('contains the ways to sign in where the chart looks for them', () => {
    expect(lines(DOCKERFILE)).toContain('COPY deploy/portal/sign-in ./sign-in');
  });

  it('contains nothing of the sandbox or of the build machine', () => {
    expect(lines('.dockerignore')).toEqual(
      expect.arrayContaining([
        '*.local.yaml',
        'app-config.development.yaml',
        'app-config.sandbox.yaml',
        'packages/sandbox',
        'testing/system',
      ]),
    );
  });
});
