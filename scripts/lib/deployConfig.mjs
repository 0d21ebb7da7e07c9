import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';
import { Failure } from './say.mjs';

/** From this version on, Node reads TypeScript. */
const NODE = [22, 18];

/**
 * Reads a configuration of `deploy/aws` by the code of the CDK app.
 *
 * @throws Failure that says what is wrong with it, or what has to be installed
 */
export async function readDeployConfig(path) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < NODE[0] || (major === NODE[0] && minor < NODE[1])) {
    throw new Failure(
      `This needs Node ${NODE.join('.')} or newer, and this is ${
        process.versions.node
      }.`,
    );
  }
  const file = resolve(path);
  if (!existsSync(file)) {
    throw new Failure(
      `There is no configuration ${file}: copy one of deploy/aws/config.`,
    );
  }
  if (!existsSync(join(root, 'deploy/aws/node_modules/zod'))) {
    throw new Failure(
      'The packages of deploy/aws are not installed: run `yarn install --immutable` there.',
    );
  }
  const { readConfig } = await import(
    pathToFileURL(join(root, 'deploy/aws/lib/config.ts')).href
  );
  try {
    return readConfig(file);
  } catch (error) {
    throw new Failure(error.message);
  }
}
