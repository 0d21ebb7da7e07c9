import { messageOf } from '../../../errors';
import { asObject, asString, mergePatch, type Obj } from '../../json';
import { parseYaml } from '../../yaml';
import { Engine } from './Engine';

/** A chart that can't be loaded. */
export class ChartError extends Error {}

/**
 * Renders a chart like `helm template --include-crds`.
 *
 * @param files - all files of the chart, by path within it
 * @param overrides - merged into the chart's own values.yaml
 * @returns the manifests as texts, ordered by path
 */
export function renderChart(
  files: Map<string, string>,
  overrides: Obj,
  release: { name: string; namespace: string },
): string[] {
  if (!/^[a-z0-9]([-a-z0-9.]{0,51}[a-z0-9])?$/.test(release.name)) {
    throw new ChartError(
      `release name ${JSON.stringify(release.name)}: invalid release name`,
    );
  }
  const yaml = files.get('Chart.yaml');
  if (yaml === undefined) {
    throw new ChartError('Chart.yaml file is missing');
  }
  const chart = valuesOf('Chart.yaml', yaml);
  const chartName = asString(chart.name);
  if (!chartName) {
    throw new ChartError('validation: chart.metadata.name is required');
  }
  const nested = [...files.keys()].find(file => file.startsWith('charts/'));
  if (nested) {
    throw new ChartError(
      `the sandbox doesn't support charts within a chart: ${nested}`,
    );
  }
  const own = valuesOf('values.yaml', files.get('values.yaml') ?? '');
  const engine = new Engine();
  const sorted = [...files].sort();
  const templates = sorted.flatMap(([file, source]) => {
    if (!file.startsWith('templates/')) {
      return [];
    }
    const name = `${chartName}/${file}`;
    engine.add(name, source);
    return /\/[^_/][^/]*\.(ya?ml|tpl|json)$/.test(file) ? [name] : [];
  });
  const context = {
    Values: asObject(mergePatch(own, overrides)),
    Chart: {
      Name: chartName,
      Version: chart.version,
      AppVersion: String(chart.appVersion ?? ''),
    },
    Release: {
      Name: release.name,
      Namespace: release.namespace,
      Service: 'Helm',
    },
  };
  const crds = sorted.filter(([file]) => /^crds\/.*\.(ya?ml|json)$/.test(file));
  return [
    ...crds.map(([, content]) => content),
    ...templates.map(name =>
      engine.execute(name, { ...context, Template: { Name: name } }),
    ),
  ];
}

/** The values in a file. */
export function valuesOf(file: string, content: string): Obj {
  try {
    return asObject(parseYaml(content));
  } catch (error) {
    throw new ChartError(
      `cannot load ${file}: error converting YAML to JSON: yaml: ${messageOf(
        error,
      )}`,
    );
  }
}
