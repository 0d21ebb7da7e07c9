import { GitHostError } from '../errors';
import type { NewRepository } from '../repositories/Repositories';

const MAX_DESCRIPTION_LENGTH = 2048;

/**
 * The fields of Gitea's `CreateRepoOption` that have an effect here.
 *
 * @throws GitHostError 422 for what Gitea refuses
 */
export function parseCreateRepository(
  body: unknown,
): Omit<NewRepository, 'owner' | 'firstCommit'> & { autoInit: boolean } {
  const fields = new Map<string, unknown>(
    Object.entries(typeof body === 'object' && body !== null ? body : {}),
  );
  const text = (key: string): string => {
    const value = fields.get(key) ?? '';
    if (typeof value !== 'string') {
      throw new GitHostError(422, `"${key}" must be a string`);
    }
    return value;
  };
  const flag = (key: string): boolean => {
    const value = fields.get(key) ?? false;
    if (typeof value !== 'boolean') {
      throw new GitHostError(422, `"${key}" must be true or false`);
    }
    return value;
  };

  const name = text('name');
  const description = text('description');
  if (!name) {
    throw new GitHostError(422, '[Name]: Required');
  }
  if (description.length > MAX_DESCRIPTION_LENGTH) {
    throw new GitHostError(
      422,
      `[Description]: MaxSize(${MAX_DESCRIPTION_LENGTH})`,
    );
  }
  return {
    name,
    description,
    defaultBranch: text('default_branch') || undefined,
    autoInit: flag('auto_init'),
  };
}
