import { asObject, asString, type Obj } from '../../json';
import { parseYaml } from '../../yaml';
import { Engine } from './evaluate';
import { templateFunctions } from './functions';
import { parseTemplate } from './parser';
import { mergeValues } from './values';

/** The Kubernetes version that charts see. */
export const KUBE_VERSION = '1.36.1';

export interface Release {
  name: string;
  namespace: string;
}

interface Chart {
  name: string;
  metadata: Obj;
  values: Obj;
  templates: Map<string, string>;
  crds: string[];
}

/** A chart that can't be loaded or rendered; the message is in Helm's words. */
export class ChartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ChartError';
  }
}

/**
 * Renders a chart like `helm template --include-crds`.
 *
 * @param files - all files of the chart, by path within it
 * @param values - override the chart's own values.yaml
 * @returns the manifests as texts, ordered by path
 */
export function renderChart(
  files: Map<string, string>,
  values: Obj,
  release: Release,
): string[] {
  if (
    !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(
      release.name,
    ) ||
    release.name.length > 53
  ) {
    throw new ChartError(
      `release name ${JSON.stringify(
        release.name,
      )}: invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than 53`,
    );
  }
  const chart = loadChart(files);
  const merged = mergeValues(chart.values, values);
  const engine = new Engine(templateFunctions);
  const rendered: string[] = [];
  for (const [name, source] of chart.templates) {
    engine.add(parseTemplate(name, source));
    const file = name.slice(name.lastIndexOf('/') + 1);
    if (!file.startsWith('_') && /\.(ya?ml|tpl|json)$/.test(file)) {
      rendered.push(name);
    }
  }
  return [
    ...chart.crds,
    ...rendered.map(name =>
      engine.execute(name, contextOf(chart, merged, release, name)),
    ),
  ];
}

function loadChart(files: Map<string, string>): Chart {
  const yaml = files.get('Chart.yaml');
  if (yaml === undefined) {
    throw new ChartError('Chart.yaml file is missing');
  }
  const metadata = asObject(parseFile('Chart.yaml', yaml));
  const name = asString(metadata.name);
  if (!name) {
    throw new ChartError('validation: chart.metadata.name is required');
  }
  const chart: Chart = {
    name,
    metadata,
    values: asObject(parseFile('values.yaml', files.get('values.yaml') ?? '')),
    templates: new Map(),
    crds: [],
  };
  for (const [file, content] of [...files].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    if (file.startsWith('charts/')) {
      throw new ChartError(
        `the sandbox doesn't support charts within a chart: ${file}`,
      );
    } else if (file.startsWith('templates/')) {
      chart.templates.set(`${name}/${file}`, content);
    } else if (/^crds\/.*\.(ya?ml|json)$/.test(file)) {
      chart.crds.push(content);
    }
  }
  return chart;
}

function parseFile(name: string, content: string): unknown {
  try {
    return parseYaml(content);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ChartError(
      `cannot load ${name}: error converting YAML to JSON: yaml: ${message}`,
    );
  }
}

function contextOf(
  { name, metadata }: Chart,
  values: Obj,
  release: Release,
  template: string,
): Obj {
  const [major, minor] = KUBE_VERSION.split('.');
  return {
    Values: values,
    Chart: {
      Name: name,
      Version: metadata.version,
      AppVersion:
        metadata.appVersion === undefined ? '' : String(metadata.appVersion),
      Description: metadata.description ?? '',
      Type: metadata.type ?? '',
    },
    Release: {
      Name: release.name,
      Namespace: release.namespace,
      Service: 'Helm',
      IsInstall: true,
      IsUpgrade: false,
      Revision: 1,
    },
    Capabilities: {
      KubeVersion: {
        Version: `v${KUBE_VERSION}`,
        GitVersion: `v${KUBE_VERSION}`,
        Major: major,
        Minor: minor,
      },
    },
    Template: {
      Name: template,
      BasePath: `${name}/templates`,
    },
  };
}
