import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

function lines(path: string): string[] {
  return readFileSync(resolve(ROOT, path), 'utf8').split('\n');
}

/** What the Dockerfile copies from the context. */
function copiedFiles(): string[] {
  return lines('packages/backend/Dockerfile')
    .filter(line => line.startsWith('COPY '))
    .flatMap(line => line.split(' ').slice(1, -1))
    .filter(word => !word.startsWith('--'));
}

describe('the container image', () => {
  it('uses the Node version of the tests', () => {
    const bootstrap = lines('scripts/lib/node.mjs').join('\n');
    const version = /NODE_VERSION = '([\d.]+)'/.exec(bootstrap)?.[1];

    expect(lines('packages/backend/Dockerfile')).toContain(
      `FROM node:${version}-trixie-slim`,
    );
  });

  it('contains the shared and the production configuration only', () => {
    const configs = copiedFiles().filter(file => file.includes('app-config'));

    expect(configs).toEqual(['app-config.yaml', 'app-config.production.yaml']);
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
