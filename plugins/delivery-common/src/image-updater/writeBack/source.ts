import type { UpdaterApplication, UpdaterSource } from '../settings/types';
import { baseName } from './path';
import { OVERRIDE_PREFIX, type WriteBack } from './types';

/** What an Application is rendered with; the updater can write to the first three. */
export type SourceType = 'Helm' | 'Kustomize' | 'Plugin' | 'Directory' | '';

const WRITABLE: readonly SourceType[] = ['Helm', 'Kustomize', 'Plugin'];

/** The parts of a write-back that decide about the source. */
export type SourceTarget = Pick<WriteBack, 'target' | 'kustomizeBase'>;

/**
 * What the updater takes an Application for: the write-back's target decides before what Argo CD found.
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
  if (spec.sources?.length) {
    return (
      status.sourceTypes?.map(typeOf).find(type => WRITABLE.includes(type)) ??
      'Directory'
    );
  }
  const dry = spec.sourceHydrator?.drySource;
  return (dry && explicitType(dry)) ?? typeOf(status.sourceType ?? '');
}

/** Where it isn't known what Argo CD has found, an application isn't taken for one that the updater skips. */
function guessedType({
  source,
  sources,
  sourceHydrator,
}: UpdaterApplication['spec']): SourceType {
  return (
    [...(sources ?? []), sourceHydrator?.drySource, source]
      .map(candidate => candidate && explicitType(candidate))
      .find(type => type !== undefined) ?? 'Helm'
  );
}

/**
 * The source that an Application's images are set in. Changes to what is
 * returned are changes to the Application, except for a hydrator's source that
 * has no settings of its tool yet.
 *
 * @public
 */
export function sourceOf<S extends UpdaterSource>(
  application: UpdaterApplication<S>,
  writeBack?: SourceTarget,
): S | undefined {
  const { spec, status } = application;
  const { sources } = spec;
  if (sources?.length) {
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
 * Which kind of file an Application's images are written to; a plugin's is Helm's unless its images say otherwise.
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
