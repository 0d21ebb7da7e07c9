import { findVersion, setVersion } from '../setVersion';
import type { VersionTarget } from '../target';

export const REPOSITORY = 'registry.example.com/shop/api';
export const VALUES: VersionTarget = {
  format: 'helm-values',
  repository: REPOSITORY,
};
export const TAG_KEY: VersionTarget = { ...VALUES, keys: { tag: 'image.tag' } };
export const KUSTOMIZATION: VersionTarget = {
  format: 'kustomization',
  repository: REPOSITORY,
};
export const SOURCE: VersionTarget = {
  format: 'argocd-source',
  repository: REPOSITORY,
  keys: { tag: 'image.tag' },
};
export const APPLICATION: VersionTarget = {
  format: 'application',
  repository: REPOSITORY,
  keys: { tag: 'image.tag' },
  application: { namespace: 'argocd', name: 'api' },
};

/** What is edited, its text with `«»` around the value, what is written, and the tag. */
export type EditCase = [string, VersionTarget, string, string, string?];

/** Sets a version, and expects that nothing but the value changes. */
export function expectEdit(
  target: VersionTarget,
  text: string,
  written: string,
  tag = '1.4.3',
): void {
  const { before, after } = marked(text, written);
  expect(setVersion({ path: 'f.yaml', text: before }, target, tag).text).toBe(
    after,
  );
  // The same again changes nothing, and finds what was written.
  const file = { path: 'f.yaml', text: after };
  expect(findVersion(file, target)?.tag).toBe(tag);
  expect(setVersion(file, target, tag).text).toBe(after);
}

/** The text with `«old»` in place of `old`, and `new` in place of both. */
function marked(text: string, replacement: string) {
  return {
    before: text.replace(/«(.*?)»/s, '$1'),
    after: text.replace(/«.*?»/s, replacement),
  };
}

export const manifest = (spec: string, more = '') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: api\n  namespace: argocd\nspec:\n${spec}${more}`;
