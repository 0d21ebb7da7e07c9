import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { withoutUserInfo } from './userInfo';

const UPDATER = 'argocd-image-updater.argoproj.io/';

/** Settings of the Image Updater; those of one image follow its alias and a dot. */
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

/** References to credentials, which are none themselves; the updater takes no other form. */
const CREDENTIALS_REFERENCE = /^\s{0,20}(?:pullsecret|secret|env|ext):/;

export function isCredentialsReference(text: string): boolean {
  return CREDENTIALS_REFERENCE.test(text);
}

/** Others that are kept. */
const KEPT = new Set([
  // Which folders of a repository shared by several applications concern this one.
  'argocd.argoproj.io/manifest-generate-paths',
  // Which entity it belongs to.
  ENTITY_REF_MARK,
]);

/** The annotations of an Application that mean something to Landfall, without what may be secret in them. */
export function keptAnnotations(
  annotations: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations)
      .filter(([name, value]) => KEPT.has(name) || isSetting(name, value))
      .map(([name, value]) => [name, withoutUserInfo(value)]),
  );
}

function isSetting(name: string, value: string): boolean {
  if (!name.startsWith(UPDATER)) {
    return false;
  }
  const setting = name.slice(UPDATER.length);
  const isOf = (known: string) =>
    setting === known || setting.endsWith(`.${known}`);
  return (
    SETTINGS.some(isOf) &&
    (!isOf('pull-secret') || isCredentialsReference(value))
  );
}
