import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';

/**
 * Reads a manifest that an input has, or a YAML file of the workspace. Throws an
 * `InputError` if there isn't exactly one of both, and for a missing file.
 */
export async function readManifest<T>(
  workspacePath: string,
  input: { path?: string; manifest?: Record<string, unknown> },
  parse: {
    value(value: unknown, where: string): T;
    yaml(text: string, fileName: string): T;
  },
): Promise<T> {
  if (input.manifest && input.path) {
    throw new InputError(
      'path and manifest exclude each other. Set one of them',
    );
  }
  if (input.manifest) {
    return parse.value(input.manifest, 'The input "manifest"');
  }
  if (!input.path) {
    throw new InputError('Set path or manifest');
  }
  const file = resolveSafeChildPath(workspacePath, input.path);
  const text = await readFile(file, 'utf8').catch(error => {
    throw new InputError(
      `${input.path} can't be read from the workspace`,
      error,
    );
  });
  return parse.yaml(text, input.path);
}
