import { posix } from 'node:path';
import type { Application, WriteBackSettings } from '../kubernetes/schemas';
import { sourceOf } from './source';

/** Begins the file that Argo CD itself merges into an Application's source. */
export const OVERRIDE_PREFIX = '.argocd-source-';

const KUSTOMIZATION = 'kustomization';
const HELM_VALUES = 'helmvalues';
const KUSTOMIZATION_FILES = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/** Where the credentials of a Git write-back come from. */
export type CredentialsSource =
  | { kind: 'repocreds' }
  | { kind: 'secret'; reference: string };

/** Where and how an Application's updates are written. */
export interface WriteBack {
  method: 'argocd' | 'git';
  /** File of the repository, from its root. */
  target: string;
  /** Folder of the kustomization that is edited instead; empty for none. */
  kustomizeBase: string;
  repository: string;
  /** Empty: the branch that the Application's source names. */
  branch: string;
  /** Template of the branch that is pushed, if it is another one. */
  writeBranch: string;
  credentials: CredentialsSource;
  pullRequest?: 'github' | 'gitlab';
}

/**
 * The write-back of an Application, with all paths resolved.
 *
 * @param controllerNamespace - where the updater runs; only Applications elsewhere have their namespace in the file's name
 * @throws Error for a method, target or branch that can't be used
 */
export function resolveWriteBack(
  application: Application,
  settings: WriteBackSettings,
  controllerNamespace: string,
): WriteBack {
  const { name, namespace } = application.metadata;
  const source = sourceOf(application);
  if (!source) {
    throw new Error(
      `application source is not defined for ${namespace}/${name}`,
    );
  }
  const path = source.path ?? '';
  const ownFile =
    namespace === controllerNamespace ||
    controllerNamespace === 'default' ||
    namespace === ''
      ? `${OVERRIDE_PREFIX}${name}.yaml`
      : `${OVERRIDE_PREFIX}${namespace}_${name}.yaml`;
  const writeBack: WriteBack = {
    method: 'argocd',
    target: join(path, ownFile),
    kustomizeBase: '',
    repository: '',
    branch: '',
    writeBranch: '',
    credentials: { kind: 'repocreds' },
  };
  const text = settings.method?.trim();
  if (text === undefined || text === 'argocd') {
    return writeBack;
  }
  const colon = text.indexOf(':');
  if ((colon > 0 ? text.slice(0, colon) : text) !== 'git') {
    throw new Error(`invalid update mechanism: ${settings.method}`);
  }
  writeBack.method = 'git';
  const { writeBackTarget, branch, repository, pullRequest } =
    settings.gitConfig ?? {};
  if (writeBackTarget !== undefined) {
    Object.assign(writeBack, parseTarget(writeBackTarget, path));
  }
  Object.assign(writeBack, parseBranch(branch));
  writeBack.repository =
    repository ?? sourceOf(application, writeBack)?.repoURL ?? '';
  writeBack.credentials = parseCredentials(
    colon > 0 ? text.slice(colon + 1) : 'repocreds',
  );
  if (pullRequest) {
    writeBack.pullRequest = parsePullRequest(pullRequest, branch);
  }
  return writeBack;
}

function parseTarget(
  target: string,
  path: string,
): Partial<Pick<WriteBack, 'target' | 'kustomizeBase'>> {
  if (target.startsWith(KUSTOMIZATION)) {
    return { kustomizeBase: fileBehind(target, KUSTOMIZATION, path, '.') };
  }
  if (target.startsWith(HELM_VALUES)) {
    return { target: fileBehind(target, HELM_VALUES, path, 'values.yaml') };
  }
  if (KUSTOMIZATION_FILES.includes(posix.basename(target))) {
    throw new Error(
      `git write-back target ${JSON.stringify(
        target,
      )} looks like a standard kustomization file; writing image parameter overrides to it would discard its existing content. Use writeBackTarget: "kustomization:<path>" to update it in place instead, or point the target at a dedicated override file`,
    );
  }
  return { target };
}

/** What follows the prefix and one more character, whatever that is: from the root with a `/`, else below the source's path. */
function fileBehind(
  target: string,
  prefix: string,
  path: string,
  fallback: string,
): string {
  if (target === prefix) {
    return join(path, fallback);
  }
  const file = target.slice(prefix.length + 1);
  return file.startsWith('/') ? file.slice(1) : join(path, file);
}

/** Go's `filepath.Join`: empty parts don't count, and nothing at all stays empty. */
function join(...parts: string[]): string {
  const filled = parts.filter(part => part !== '');
  return filled.length === 0
    ? ''
    : posix.join(...filled).replace(/(.)\/$/, '$1');
}

function parseBranch(
  branch?: string,
): Partial<Pick<WriteBack, 'branch' | 'writeBranch'>> {
  if (branch === undefined) {
    return {};
  }
  const [base, target = '', ...others] = branch.trim().split(':');
  if (others.length > 0) {
    throw new Error(`invalid format for git-branch: ${branch}`);
  }
  return { branch: base, writeBranch: target };
}

function parseCredentials(text: string): CredentialsSource {
  if (text === 'repocreds') {
    return { kind: 'repocreds' };
  }
  if (text.startsWith('secret:')) {
    return { kind: 'secret', reference: text.slice('secret:'.length) };
  }
  throw new Error(
    `invalid git credentials source: unexpected credentials format. Expected 'repocreds', 'secret:<secret>' or 'secret:<namespace>/<secret>' but got '${text}'`,
  );
}

function parsePullRequest(
  pullRequest: { github?: object; gitlab?: object },
  branch?: string,
): 'github' | 'gitlab' {
  if (branch?.includes(':')) {
    throw new Error(
      `pullRequest mode does not support colon branch format ${JSON.stringify(
        branch,
      )}: specify only the PR base branch (e.g. "main")`,
    );
  }
  const { github, gitlab } = pullRequest;
  const providers = [github, gitlab].filter(provider => provider !== undefined);
  if (providers.length !== 1) {
    throw new Error(
      `pullRequest must have exactly one provider configured, got ${providers.length}`,
    );
  }
  return github ? 'github' : 'gitlab';
}
