import type { UpdaterApplication, UpdaterSource } from '../settings/types';
import { baseName } from './path';
import { OVERRIDE_PREFIX, type WriteBack } from './types';

/**
 * The tool that renders an Application; the updater can write to the first
 * three.
 *
 * @public
 */
export type SourceType = 'Helm' | 'Kustomize' | 'Plugin' | 'Directory' | '';

const WRITABLE: readonly SourceType[] = ['Helm', 'Kustomize', 'Plugin'];

/**
 * The parts of a write-back that decide which source is used.
 *
 * @public
 */
export type SourceTarget = Pick<WriteBack, 'target' | 'kustomizeBase'>;

/**
 * The type that the updater assumes for an Application. The write-back's target
 * takes precedence over what Argo CD detected.
 *
 * @public
 */
export function sourceTypeOf(
  { spec, status }: Pick<UpdaterApplication, 'spec' | 'status'>,
  writeBack?: SourceTarget,
): SourceType {
  if (writeBack?.kustomizeBase) {
    return 'Kustomize';
  }
  if (
    writeBack &&
    /\.ya?ml$/.test(writeBack.target) &&
    !baseName(writeBack.target).startsWith(OVERRIDE_PREFIX)
  ) {
    return 'Helm';
  }
  if (status.sourceType === undefined && !status.sourceTypes) {
    return guessedType(spec);
  }
  if (hasSeveralSources(spec)) {
    return (
      status.sourceTypes?.map(typeOf).find(type => WRITABLE.includes(type)) ??
      'Directory'
    );
  }
  const dry = spec.sourceHydrator?.drySource;
  return (dry && explicitType(dry)) ?? typeOf(status.sourceType ?? '');
}

/**
 * The assumed type if it isn't known what Argo CD detected. It is never one
 * that the updater skips.
 */
function guessedType(spec: UpdaterApplication['spec']): SourceType {
  const { source, sources, sourceHydrator } = spec;
  const candidates = hasSeveralSources(spec)
    ? sources ?? []
    : [sourceHydrator?.drySource ?? source];
  return (
    candidates
      .map(candidate => candidate && explicitType(candidate))
      .find(type => type !== undefined) ?? 'Helm'
  );
}

/**
 * The source in which an Application's images are set. Changing the returned
 * object changes the Application. A hydrator's source is a shallow copy, so
 * only changes within its existing tool settings do.
 *
 * @public
 */
export function sourceOf<S extends UpdaterSource>(
  application: UpdaterApplication<S>,
  writeBack?: SourceTarget,
): S | undefined {
  const { spec, status } = application;
  const { sources } = spec;
  if (sources && hasSeveralSources(spec)) {
    const type = sourceTypeOf(application, writeBack);
    const found = status.sourceTypes ?? [];
    return (
      sources.find(source => hasTool(source, type)) ??
      (type !== 'Directory' && found.length === sources.length
        ? sources[found.indexOf(type)]
        : undefined) ??
      sources.find(source => explicitType(source) !== undefined) ??
      sources[0]
    );
  }
  const dry = spec.sourceHydrator?.drySource;
  return dry ? { ...dry } : spec.source;
}

/**
 * The kind of file that an Application's images are written to. With the
 * write-back method `git`, a plugin's is Helm's, except for images with a
 * plugin target (`hasPluginTarget`).
 *
 * @public
 */
export function applicationTypeOf(
  application: UpdaterApplication,
  writeBack: WriteBack,
): 'helm' | 'kustomize' | 'plugin' | undefined {
  switch (sourceTypeOf(application, writeBack)) {
    case 'Kustomize':
      return 'kustomize';
    case 'Helm':
      return 'helm';
    case 'Plugin':
      return writeBack.method === 'git' ? 'helm' : 'plugin';
    default:
      return undefined;
  }
}

/** Argo CD ignores `sources` beside a source hydrator. */
function hasSeveralSources({
  sources,
  sourceHydrator,
}: UpdaterApplication['spec']): boolean {
  return !sourceHydrator && (sources?.length ?? 0) > 0;
}

function hasTool(source: UpdaterSource, type: SourceType): boolean {
  switch (type) {
    case 'Helm':
      return source.helm !== undefined;
    case 'Kustomize':
      return source.kustomize !== undefined;
    case 'Plugin':
      return source.plugin !== undefined;
    default:
      return false;
  }
}

function explicitType(source: UpdaterSource): SourceType | undefined {
  return WRITABLE.find(type => hasTool(source, type));
}

function typeOf(text: string): SourceType {
  return (
    WRITABLE.find(type => type === text) ?? (text === '' ? '' : 'Directory')
  );
}
