import { createHash } from 'node:crypto';
import { tagText } from '@landfall/backstage-plugin-delivery-common';
import { Engine } from '../../argocd/render/helm/evaluate';
import { templateFunctions } from '../../argocd/render/helm/functions';
import { parseTemplate } from '../../argocd/render/helm/parser';
import type { ImageChange } from '../update/planUpdate';

/** Longer names are cut. */
const MAX_BRANCH_LENGTH = 255;

/** What Go's templates know without Sprig. */
const GO_FUNCTIONS = [
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'not',
  'print',
  'printf',
  'println',
  'index',
  'len',
];

/** The updater's commit message. Tags are the live ones, whatever the file said before. */
export function commitMessage(
  application: string,
  changes: readonly ImageChange[],
): string {
  const lines = changes.map(
    ({ image, oldTag, newTag }) =>
      `updates image ${image.name} tag '${tagText(oldTag)}' to '${tagText(
        newTag,
      )}'\n`,
  );
  return `build: automatic update of ${application}\n\n${lines.join('')}`;
}

/**
 * The branch that a template of `git-branch` gives for a set of changes.
 *
 * @throws Error when it gives none
 */
export function branchName(
  template: string,
  changes: readonly ImageChange[],
): string {
  const images = changes.map(({ image, oldTag, newTag }) => ({
    Name: image.name,
    Alias: image.alias,
    OldTag: tagText(oldTag),
    NewTag: tagText(newTag),
  }));
  const hash = createHash('sha256');
  for (const { Name, OldTag, NewTag } of images) {
    hash.update(`${Name}-${OldTag}-${NewTag},`);
  }
  const name = execute(template, {
    AppNamespace: '',
    AppName: '',
    TargetKey: '',
    Images: images,
    SHA256: hash.digest('hex'),
  });
  // A field that doesn't exist is an error in Go.
  if (name === undefined || name === '' || name.includes('<no value>')) {
    throw new Error(
      `git branch name could not be created from the template: ${template}`,
    );
  }
  return name.slice(0, MAX_BRANCH_LENGTH);
}

function execute(template: string, dot: object): string | undefined {
  const engine = new Engine(
    Object.fromEntries(
      GO_FUNCTIONS.map(name => [name, templateFunctions[name]]),
    ),
  );
  try {
    engine.add(parseTemplate('branchName', template));
    return engine.execute('branchName', dot);
  } catch {
    return undefined;
  }
}
