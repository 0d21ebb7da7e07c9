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

/**
 * Sets a version, and sets it again. Nothing but the value may change, and the second
 * time nothing at all.
 */
export function editTwice(
  target: VersionTarget,
  text: string,
  written: string,
  tag = '1.4.3',
) {
  const { before, after } = marked(text, written);
  const once = setVersion({ path: 'f.yaml', text: before }, target, tag).text;
  const file = { path: 'f.yaml', text: after };
  return {
    actual: {
      once,
      found: findVersion(file, target)?.tag,
      twice: setVersion(file, target, tag).text,
    },
    expected: { once: after, found: tag, twice: after },
  };
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
