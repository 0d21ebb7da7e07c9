import { toUpdaterApplication } from '../matching/toUpdaterApplication';
import { annotatedSettings, settingsFor } from '../settingsFor';
import type { UpdaterApplication } from '../settings/types';
import type { ImageUpdaterResource, UpdatedApplication } from '../types';
import { sourceOf } from './source';
import type { WriteBack } from './types';

/** The branches of merge requests that the updater opens itself. */
const REQUEST_BRANCHES = 'image-updater-{{.TargetKey}}-{{.SHA256}}';
/** The updater truncates longer names. */
const MAX_LENGTH = 255;

/**
 * Branches that the Image Updater pushes, and that somebody must merge.
 *
 * @public
 */
export interface WriteBranch {
  repoUrl: string;
  /** What they are merged into; empty: the repository's default branch. */
  base: string;
  /** Go template of their names. */
  template: string;
}

/**
 * The branches that the versions of an application wait on for a merge. Empty
 * if its updates are written to the branch that Argo CD reads. Annotations that
 * no known ImageUpdater enables count too: one may exist where it isn't seen.
 *
 * @public
 */
export function writeBranches(
  application: UpdatedApplication,
  updaters: readonly ImageUpdaterResource[],
): WriteBranch[] {
  const { selecting } = settingsFor(application, updaters);
  const found = selecting.map(({ settings }) => settings);
  const settings =
    found.length > 0 ? found : [annotatedSettings(application).settings];
  const subject = toUpdaterApplication(application);
  const branches = settings.flatMap(
    one => (one && writeBranchOf(subject, one.writeBack)) ?? [],
  );
  return branches.filter(
    (branch, index) =>
      index ===
      branches.findIndex(
        other =>
          other.repoUrl === branch.repoUrl &&
          other.base === branch.base &&
          other.template === branch.template,
      ),
  );
}

function writeBranchOf(
  application: UpdaterApplication,
  writeBack: WriteBack,
): WriteBranch | undefined {
  const { method, repository, pullRequest } = writeBack;
  const template = pullRequest ? REQUEST_BRANCHES : writeBack.writeBranch;
  const configured = writeBack.branch || sourceBranch(application, writeBack);
  const base = configured === 'HEAD' ? '' : configured;
  return method === 'git' && template !== '' && template !== base
    ? { repoUrl: repository, base, template }
    : undefined;
}

/**
 * The revision of the application's source. If there are several, that of the
 * source in the write-back repository.
 */
function sourceBranch(
  application: UpdaterApplication,
  writeBack: WriteBack,
): string {
  const source =
    application.spec.sources?.find(
      ({ repoURL }) => repoURL === writeBack.repository,
    ) ?? sourceOf(application, writeBack);
  return source?.targetRevision ?? '';
}

/**
 * The text that all branches of a template begin with.
 *
 * @public
 */
export function branchPrefix(template: string): string {
  return template.split('{{', 1)[0].trim();
}

/**
 * Whether a branch can be one of a template. What its actions result in isn't
 * known: their values are those of the update.
 *
 * @public
 */
export function isBranchOf(template: string, branch: string): boolean {
  if (!template.includes('{{')) {
    return branch === template.trim();
  }
  const prefix = branchPrefix(template);
  const suffix = template.slice(template.lastIndexOf('}}') + 2).trim();
  return (
    branch.startsWith(prefix) &&
    branch.length >= prefix.length + suffix.length &&
    (branch.endsWith(suffix) || branch.length >= MAX_LENGTH)
  );
}
