import { baseName, joinPath } from '../../writeBack/path';
import { sourceOf } from '../../writeBack/source';
import { OVERRIDE_PREFIX } from '../../writeBack/types';
import { nearestOf } from '../read/keys';
import type { Reading } from '../read/Reading';
import type { LintPlace } from '../types';
import { ofReading } from './rule';

const PREFIXES = ['kustomization', 'helmvalues'];

/** The target of a Git write-back, if one is set. */
function gitTarget({ writeBack, settings }: Reading) {
  const target = settings.gitConfig?.writeBackTarget;
  return writeBack?.method === 'git' && target !== undefined
    ? {
        target,
        path: joinPath(writeBack.kustomizeBase || writeBack.target),
        prefix: PREFIXES.find(prefix => target.startsWith(prefix)),
      }
    : undefined;
}

/** The prefix that is probably meant, in a target that has none. */
function meantPrefix(reading: Reading): string | undefined {
  const found = gitTarget(reading);
  if (!found || found.prefix !== undefined) {
    return undefined;
  }
  const [start] = found.target.replace(/^\.?\//, '').split(':');
  // A file or folder may have any name.
  return found.target.includes(':') || !/[./]/.test(start)
    ? PREFIXES.find(prefix => prefix === start.toLowerCase()) ??
        nearestOf(start, PREFIXES) ??
        (start === 'kustomize' ? 'kustomization' : undefined)
    : undefined;
}

function targetPlace(reading: Reading): LintPlace {
  return reading.placeOf('write-back-target') ?? reading.listed;
}

/** Rules for the file or folder that is written. */
export const writeBackTargetRules = [
  ofReading('write-back-target-prefix', 'error', reading => {
    const found = gitTarget(reading);
    return found?.prefix !== undefined &&
      found.target !== found.prefix &&
      found.target[found.prefix.length] !== ':'
      ? [
          {
            place: targetPlace(reading),
            parameters: {
              target: found.target,
              prefix: found.prefix,
              path: found.path,
            },
          },
        ]
      : [];
  }),
  ofReading('write-back-target-outside', 'error', reading => {
    const path = gitTarget(reading)?.path;
    return path === '..' || path?.startsWith('../')
      ? [
          {
            place: targetPlace(reading),
            parameters: { path },
          },
        ]
      : [];
  }),
  ofReading('write-back-target-bare', 'warning', reading => {
    const found = gitTarget(reading);
    const path = reading.application && sourceOf(reading.application)?.path;
    return found &&
      path &&
      path !== '.' &&
      found.prefix === undefined &&
      meantPrefix(reading) === undefined &&
      !found.target.includes('/') &&
      !baseName(found.target).startsWith(OVERRIDE_PREFIX)
      ? [
          {
            place: targetPlace(reading),
            parameters: { target: found.target, path },
          },
        ]
      : [];
  }),
  ofReading('write-back-target-misspelt', 'error', reading => {
    const nearest = meantPrefix(reading);
    return nearest === undefined
      ? []
      : [
          {
            place: targetPlace(reading),
            parameters: {
              target: reading.settings.gitConfig?.writeBackTarget ?? '',
              nearest,
            },
          },
        ];
  }),
  ofReading('write-back-target-space', 'error', reading => {
    const target = gitTarget(reading)?.target;
    return target !== undefined && /:\s/.test(target)
      ? [{ place: targetPlace(reading), parameters: { target } }]
      : [];
  }),
  ofReading('kustomization-file', 'error', reading => {
    const { target = '', path = '', prefix } = gitTarget(reading) ?? {};
    return prefix === 'kustomization' &&
      target[prefix.length] === ':' &&
      /^kustomization(\.ya?ml)?$/i.test(baseName(path)) &&
      target !== prefix
      ? [{ place: targetPlace(reading), parameters: { target } }]
      : [];
  }),
  ofReading('kustomization-root', 'error', reading => {
    const { target = '' } = gitTarget(reading) ?? {};
    return target === 'kustomization:/'
      ? [{ place: targetPlace(reading), parameters: { target } }]
      : [];
  }),
];
