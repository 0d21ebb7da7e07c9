import { InputError } from '@backstage/errors';
import {
  decodeLintedResource,
  formatMessage,
  type LintedApplication,
  type LintedUpdater,
  type LintFinding,
  lintPlaceText,
  lintSettings,
} from '@landfall/backstage-plugin-delivery-common';
import type { JsonObject } from '@backstage/types';

/** Of resources that name none. */
const DEFAULT_NAMESPACE = 'argocd';

/** Resources with the file that they are in. */
export interface CheckedFile {
  path: string;
  resources: readonly unknown[];
}

/**
 * Checks the settings for Image Updater in some files together. Throws an
 * `InputError` for a resource that Kubernetes would refuse.
 */
export function checkSettings(files: readonly CheckedFile[]): LintFinding[] {
  const applications: LintedApplication[] = [];
  const updaters: LintedUpdater[] = [];
  for (const { path, resources } of files) {
    for (const resource of resources) {
      const decoded = decodeLintedResource(resource, DEFAULT_NAMESPACE);
      if (decoded && 'message' in decoded) {
        throw new InputError(
          `${path} has a resource that can't be read: ${decoded.message}`,
        );
      }
      if (decoded?.kind === 'Application') {
        applications.push(decoded.application);
      } else if (decoded?.kind === 'ImageUpdater') {
        updaters.push(decoded.updater);
      }
    }
  }
  return lintSettings({ applications, updaters, isPartial: true });
}

/** A finding as one line of text. */
export function findingText({ code, place, effect, fix }: LintFinding): string {
  return `${code}: ${place.kind} ${place.namespace}/${
    place.name
  }, ${lintPlaceText(place)}: ${formatMessage(effect)}. ${formatMessage(fix)}.`;
}

/** A finding as an output of a step. */
export function findingOutput({
  code,
  severity,
  place,
  effect,
  fix,
}: LintFinding): JsonObject {
  return {
    code,
    severity,
    resource: `${place.kind} ${place.namespace}/${place.name}`,
    place: lintPlaceText(place),
    effect: formatMessage(effect),
    fix: formatMessage(fix),
  };
}
