import type { Application } from '../../model/application';
import { toUpdaterApplication } from '../matching/toUpdaterApplication';
import type { LintedApplication, LintedSource } from './types';

/**
 * Converts a stored application to the form that the linter reads.
 *
 * @public
 */
export function toLintedApplication(
  application: Pick<
    Application,
    'ref' | 'labels' | 'annotations' | 'sources' | 'images'
  >,
): LintedApplication {
  const { metadata, spec, status } = toUpdaterApplication(application);
  const { sources } = application;
  const withChart = <S extends object>(source: S, index: number) => ({
    ...source,
    ...(sources[index]?.chart && { chart: sources[index].chart }),
  });
  const linted: LintedSource[] | undefined = spec.sources?.map(withChart);
  return {
    metadata,
    spec: linted
      ? { sources: linted }
      : { source: spec.source && withChart(spec.source, 0) },
    status,
    images: application.images,
  };
}
