import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { isSubdomain } from '../client/names';
import {
  type ArgoCdCredentials,
  readToken,
  readWriteCredentials,
} from './readCredentials';

/**
 * The credentials for one project of an instance: tokens of its roles.
 *
 * @public
 */
export interface ArgoCdProjectCredentials {
  project: string;
  credentials: ArgoCdCredentials;
  /** For every write; without it, `credentials` are used. */
  write?: ArgoCdCredentials;
}

/** Credentials of an instance, which `projectTokens` replace. */
const REPLACED = [
  'token',
  'tokenFile',
  'username',
  'password',
  'passwordFile',
  'write',
];

/**
 * The tokens of an instance that has one for each project.
 *
 * @throws InputError that names the key
 */
export function readProjectTokens(
  key: string,
  instance: Config,
): ArgoCdProjectCredentials[] | undefined {
  const entries = instance.getOptionalConfigArray('projectTokens');
  if (!entries) {
    return undefined;
  }
  if (entries.length === 0) {
    throw new InputError(
      `${key}.projectTokens is empty: add a token for each project, or set token there instead`,
    );
  }
  const other = REPLACED.find(name => instance.has(name));
  if (other !== undefined) {
    throw new InputError(
      `${key} has both projectTokens and ${other}: set one of them. Tokens for writing belong to the entries of projectTokens`,
    );
  }
  const read: ArgoCdProjectCredentials[] = [];
  entries.forEach((entry, index) => {
    const entryKey = `${key}.projectTokens[${index}]`;
    const project = entry.getString('project');
    if (!isSubdomain(project)) {
      throw new InputError(
        `${entryKey}.project: '${project}' can't be the name of a project of Argo CD`,
      );
    }
    if (read.some(one => one.project === project)) {
      throw new InputError(
        `${entryKey}.project: '${project}' has another entry. Give each project one`,
      );
    }
    const token = readToken(entryKey, entry);
    if (token === undefined) {
      throw new InputError(
        `${entryKey} has no token: set token or tokenFile there`,
      );
    }
    const write = readWriteCredentials(entryKey, entry);
    read.push({
      project,
      credentials: { token },
      ...(write ? { write } : {}),
    });
  });
  return read;
}
