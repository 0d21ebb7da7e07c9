import {
  type LintCode,
  type LintedApplicationSet,
  type LintFinding,
  lintSettings,
  type LintSubject,
} from '@landfall/backstage-plugin-delivery-common';
import type { Finding } from '../types';
import {
  hasUnknownImages,
  isTemplated,
  patternOf,
  UNKNOWN,
  variantsOf,
} from './variants';

const IMAGE_LIST = 'argocd-image-updater.argoproj.io/image-list';

const ABOUT_ALIASES: readonly LintCode[] = ['alias-misspelt', 'alias-unlisted'];

/** Findings about a key, whatever its value is. */
const ABOUT_KEYS: readonly LintCode[] = [
  'alias-misspelt',
  'alias-unlisted',
  'image-list-missing',
  'key-of-application',
  'key-of-image',
  'misspelt-key',
  'misspelt-prefix',
  'unknown-key',
  'updater-missing',
  'value-not-text',
];

/** Findings that depend on the name or labels of an Application. */
const ABOUT_SELECTION: readonly LintCode[] = [
  'annotations-ignored',
  'not-enabled',
  'updater-other-namespace',
];

/** Findings that other annotations may settle. */
const ABOUT_ABSENCE: readonly LintCode[] = [
  ...ABOUT_ALIASES,
  'image-list-missing',
];

/**
 * Finds what is wrong with every Application that an ApplicationSet may
 * generate. A setting that depends on a generator isn't known, so it is neither
 * right nor wrong. Never throws.
 */
export function lintTemplate(
  applicationSet: LintedApplicationSet,
  subject: Omit<LintSubject, 'applications'>,
): Finding[] {
  const [first = [], ...others] = variantsOf(applicationSet.template).map(
    variant =>
      lintSettings({ ...subject, applications: [variant] }).filter(finding =>
        isCertain(finding, applicationSet),
      ),
  );
  return first
    .filter(finding =>
      others.every(findings => findings.some(other => isSame(finding, other))),
    )
    .map(finding => inApplicationSet(finding, applicationSet));
}

function isCertain(
  { code, place, effect, fix }: LintFinding,
  { template, isPatched }: LintedApplicationSet,
): boolean {
  const { name, labels, annotations } = template.metadata;
  const isIdentified = ![name, ...Object.values(labels ?? {})].some(
    isTemplated,
  );
  if (
    (ABOUT_SELECTION.includes(code) && !isIdentified) ||
    (ABOUT_ABSENCE.includes(code) && isPatched)
  ) {
    return false;
  }
  if (code === 'updater-missing') {
    return true;
  }
  const mentioned = JSON.stringify([effect.parameters, fix.parameters]);
  if (mentioned.includes(UNKNOWN)) {
    return false;
  }
  const key = String(place.path.at(-1));
  const value = place.path[1] === 'annotations' ? annotations?.[key] ?? '' : '';
  const list = annotations?.[IMAGE_LIST] ?? '';
  if (hasUnknownImages(list) && ABOUT_ALIASES.includes(code)) {
    return false;
  }
  if (key === IMAGE_LIST) {
    return ABOUT_SELECTION.includes(code) || !hasUnknownImages(list);
  }
  return ABOUT_KEYS.includes(code) || !isTemplated(value);
}

function isSame(a: LintFinding, b: LintFinding): boolean {
  return (
    a.code === b.code && JSON.stringify(a.place) === JSON.stringify(b.place)
  );
}

function inApplicationSet(
  finding: LintFinding,
  { namespace, name, template }: LintedApplicationSet,
): Finding {
  const { code, place, effect, fix } = finding;
  if (place.kind !== 'Application') {
    return finding;
  }
  const own = {
    namespace: patternOf(template.metadata.namespace),
    name: patternOf(template.metadata.name),
  };
  const named = (message: LintFinding['effect']) =>
    code === 'updater-missing' ? { ...message, parameters: own } : message;
  return {
    ...finding,
    place: {
      kind: 'ApplicationSet',
      namespace,
      name,
      path: ['spec', 'template', ...place.path],
    },
    effect: named(effect),
    fix: named(fix),
  };
}
