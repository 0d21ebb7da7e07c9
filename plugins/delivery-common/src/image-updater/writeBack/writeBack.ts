import { PolicyError } from '../problem';
import type { UpdaterApplication, WriteBackSettings } from '../settings/types';
import { quoted, trimSpace } from '../text';
import { baseName, joinPath, KUSTOMIZATION_FILES } from './path';
import { sourceOf } from './source';
import {
  type CredentialsSource,
  OVERRIDE_PREFIX,
  type WriteBack,
} from './types';

const KUSTOMIZATION = 'kustomization';
const HELM_VALUES = 'helmvalues';

/**
 * The write-back of an Application, with all paths resolved.
 *
 * @param controllerNamespace - where the updater runs; only Applications in
 * other namespaces have their namespace in the file's name
 * @throws PolicyError for a method, target or branch that can't be used
 *
 * @public
 */
export function resolveWriteBack(
  application: UpdaterApplication,
  settings: WriteBackSettings,
  controllerNamespace: string,
): WriteBack {
  const { name, namespace } = application.metadata;
  const source = sourceOf(application);
  if (!source) {
    throw new PolicyError({
      code: 'source-missing',
      message: `application source is not defined for ${namespace}/${name}`,
      advice: { code: 'advice.source-missing', parameters: {} },
    });
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
    target: joinPath(path, ownFile),
    kustomizeBase: '',
    repository: '',
    branch: '',
    writeBranch: '',
    credentials: { kind: 'repocreds' },
  };
  const text =
    settings.method === undefined ? undefined : trimSpace(settings.method);
  if (text === undefined || text === 'argocd') {
    return writeBack;
  }
  const colon = text.indexOf(':');
  if ((colon > 0 ? text.slice(0, colon) : text) !== 'git') {
    throw new PolicyError({
      code: 'write-back-method-invalid',
      message: `invalid update mechanism: ${settings.method}`,
      advice: { code: 'advice.write-back-method-invalid', parameters: {} },
    });
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
  if (KUSTOMIZATION_FILES.includes(baseName(target))) {
    throw new PolicyError({
      code: 'write-back-target-invalid',
      message: `git write-back target ${quoted(
        target,
      )} looks like a standard kustomization file; writing image parameter overrides to it would discard its existing content. Use writeBackTarget: "kustomization:<path>" to update it in place instead, or point the target at a dedicated override file`,
      advice: { code: 'advice.write-back-target-invalid', parameters: {} },
    });
  }
  return { target };
}

/**
 * The path after the prefix and one more character, whatever that is. It starts
 * at the root if it begins with `/`, else at the source's path.
 */
function fileBehind(
  target: string,
  prefix: string,
  path: string,
  fallback: string,
): string {
  if (target === prefix) {
    return joinPath(path, fallback);
  }
  const file = target.slice(prefix.length + 1);
  return file.startsWith('/') ? file.slice(1) : joinPath(path, file);
}

function parseBranch(
  branch?: string,
): Partial<Pick<WriteBack, 'branch' | 'writeBranch'>> {
  if (branch === undefined) {
    return {};
  }
  const [base, target = '', ...others] = trimSpace(branch).split(':');
  if (others.length > 0) {
    throw new PolicyError({
      code: 'write-back-branch-invalid',
      message: `invalid format for git-branch: ${branch}`,
      advice: { code: 'advice.write-back-branch-invalid', parameters: {} },
    });
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
  throw new PolicyError({
    code: 'write-back-credentials-invalid',
    message: `invalid git credentials source: unexpected credentials format. Expected 'repocreds', 'secret:<secret>' or 'secret:<namespace>/<secret>' but got '${text}'`,
    advice: { code: 'advice.write-back-credentials-invalid', parameters: {} },
  });
}

function parsePullRequest(
  pullRequest: { github?: object; gitlab?: object },
  branch?: string,
): 'github' | 'gitlab' {
  if (branch?.includes(':')) {
    throw new PolicyError({
      code: 'pull-request-invalid',
      message: `pullRequest mode does not support colon branch format ${quoted(
        branch,
      )}: specify only the PR base branch (e.g. "main")`,
      advice: { code: 'advice.pull-request-branch', parameters: {} },
    });
  }
  const { github, gitlab } = pullRequest;
  const providers = [github, gitlab].filter(provider => provider !== undefined);
  if (providers.length !== 1) {
    throw new PolicyError({
      code: 'pull-request-invalid',
      message: `pullRequest must have exactly one provider configured, got ${providers.length}`,
      advice: { code: 'advice.pull-request-provider', parameters: {} },
    });
  }
  return github ? 'github' : 'gitlab';
}
