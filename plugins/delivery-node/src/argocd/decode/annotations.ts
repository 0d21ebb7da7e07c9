import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { withoutUserInfo } from '../../userInfo';

const UPDATER = 'argocd-image-updater.argoproj.io/';

/**
 * Settings of the Image Updater. For a single image, an alias and a dot precede
 * them.
 */
const SETTINGS = [
  'image-list',
  'write-back-method',
  'write-back-target',
  'git-repository',
  'git-branch',
  'update-strategy',
  'force-update',
  'allow-tags',
  'ignore-tags',
  'platforms',
  'pull-secret',
  'helm.image-name',
  'helm.image-tag',
  'helm.image-spec',
  'kustomize.image-name',
];

/**
 * References to credentials, which aren't secret themselves, as in
 * `[registry=]secret:namespace/name#field`. The updater accepts no other form.
 */
const CREDENTIALS_REFERENCE =
  /^\s{0,20}(?:[\w.:/-]{1,255}=)?(?:pullsecret|secret|env|ext):/i;

/**
 * Stands for any other text, which may itself be a secret. The updater refuses
 * both.
 */
const WITHHELD = 'withheld';

/** A `pull-secret` without what may itself be a secret. */
export function keptPullSecret(text: string): string {
  return text.trim() === '' || CREDENTIALS_REFERENCE.test(text)
    ? text
    : WITHHELD;
}

/** Other annotations to keep. */
const KEPT = new Set([
  // The folders of a shared repository that concern this application.
  'argocd.argoproj.io/manifest-generate-paths',
  // The entity that the application belongs to.
  ENTITY_REF_MARK,
]);

/**
 * The annotations of an Application that Landfall uses, without parts that may
 * be secret. Of unknown settings, whose values may be anything, only the names
 * are kept, to point out that they do nothing.
 */
export function keptAnnotations(
  annotations: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).flatMap(([name, value]) => {
      const kept = keptValue(name, value);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

/** Undefined: the annotation isn't kept. */
function keptValue(name: string, value: string): string | undefined {
  if (KEPT.has(name)) {
    return withoutUserInfo(value);
  }
  if (!name.startsWith(UPDATER)) {
    return undefined;
  }
  const setting = name.slice(UPDATER.length);
  const isOf = (known: string) =>
    setting === known || setting.endsWith(`.${known}`);
  if (!SETTINGS.some(isOf)) {
    return '';
  }
  return withoutUserInfo(isOf('pull-secret') ? keptPullSecret(value) : value);
}
