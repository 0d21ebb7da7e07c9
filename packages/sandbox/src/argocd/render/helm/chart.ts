import { asObject, asString, isObject, type Obj } from '../../json';
import { groupOf, isKnownGroup } from '../../manifest';
import { parseYaml } from '../../yaml';
import { Engine } from './evaluate';
import { templateFunctions } from './functions';
import { parseTemplate } from './parser';
import { mergeValues } from './values';

/** Kubernetes as charts see it. */
export const KUBE_VERSION = '1.36.1';

export interface Release {
  name: string;
  namespace: string;
}

interface Chart {
  /** Path in template names: `api`, or `api/charts/redis` for a chart within. */
  path: string;
  metadata: Obj;
  values: Obj;
  templates: Map<string, string>;
  crds: string[];
  files: Map<string, string>;
  charts: Chart[];
}

/** A chart that can't be loaded or rendered, in Helm's words. */
export class ChartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ChartError';
  }
}

/**
 * Renders a chart as `helm template --include-crds` does.
 *
 * @param files - all files of the chart, by path within it
 * @param values - what comes on top of the chart's own values.yaml
 * @returns the manifests' texts, in the order of their paths
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
  const chart = loadChart(files, '');
  const engine = new Engine(templateFunctions);
  const jobs: { name: string; dot: Obj }[] = [];
  prepare(chart, mergeValues(chart.values, values), release, engine, jobs);
  const texts = crdsOf(chart);
  for (const { name, dot } of jobs) {
    texts.push(engine.execute(name, dot));
  }
  return texts;
}

function loadChart(files: Map<string, string>, parent: string): Chart {
  const yaml = files.get('Chart.yaml');
  if (yaml === undefined) {
    throw new ChartError('Chart.yaml file is missing');
  }
  const metadata = asObject(parseFile('Chart.yaml', yaml));
  const name = asString(metadata.name);
  if (!name) {
    throw new ChartError('validation: chart.metadata.name is required');
  }
  const path = parent ? `${parent}/charts/${name}` : name;
  const chart: Chart = {
    path,
    metadata,
    values: asObject(parseFile('values.yaml', files.get('values.yaml') ?? '')),
    templates: new Map(),
    crds: [],
    files: new Map(),
    charts: [],
  };
  const within = new Map<string, Map<string, string>>();
  for (const [file, content] of [...files].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    const sub = /^charts\/([^/]+)\/(.+)$/.exec(file);
    if (sub) {
      const subFiles = within.get(sub[1]) ?? new Map<string, string>();
      subFiles.set(sub[2], content);
      within.set(sub[1], subFiles);
    } else if (file.startsWith('templates/')) {
      chart.templates.set(`${path}/${file}`, content);
    } else if (/^crds\/.*\.(ya?ml|json)$/.test(file)) {
      chart.crds.push(content);
    } else if (!/^(Chart|values)\.yaml$/.test(file)) {
      chart.files.set(file, content);
    }
  }
  chart.charts = [...within.values()]
    .filter(subFiles => subFiles.has('Chart.yaml'))
    .map(subFiles => loadChart(subFiles, path));
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

function prepare(
  chart: Chart,
  values: Obj,
  release: Release,
  engine: Engine,
  jobs: { name: string; dot: Obj }[],
): void {
  for (const [name, source] of chart.templates) {
    engine.add(parseTemplate(name, source));
    const file = name.slice(name.lastIndexOf('/') + 1);
    if (!file.startsWith('_') && /\.(ya?ml|tpl|json)$/.test(file)) {
      jobs.push({ name, dot: contextOf(chart, values, release, name) });
    }
  }
  for (const child of chart.charts) {
    const name = asString(child.metadata.name) ?? '';
    const own = asObject(values[name]);
    if (enabled(chart, name, values)) {
      const globals = mergeValues(
        asObject(values.global),
        asObject(own.global),
      );
      prepare(
        child,
        { ...mergeValues(child.values, own), global: globals },
        release,
        engine,
        jobs,
      );
    }
  }
}

/** Whether the `condition` of a dependency lets it in. */
function enabled(chart: Chart, name: string, values: Obj): boolean {
  const dependencies = chart.metadata.dependencies;
  const entry = Array.isArray(dependencies)
    ? dependencies.find(d => isObject(d) && d.name === name)
    : undefined;
  const condition = asString(asObject(entry).condition);
  if (!condition) {
    return true;
  }
  let value: unknown = values;
  for (const key of condition.split('.')) {
    value = asObject(value)[key];
  }
  return value !== false;
}

function contextOf(
  chart: Chart,
  values: Obj,
  release: Release,
  template: string,
): Obj {
  const { metadata, files } = chart;
  const [major, minor] = KUBE_VERSION.split('.');
  const get = (name: string) => files.get(name) ?? '';
  return {
    Values: values,
    Chart: {
      Name: metadata.name,
      Version: metadata.version,
      AppVersion:
        metadata.appVersion === undefined ? '' : String(metadata.appVersion),
      Description: metadata.description ?? '',
      Type: metadata.type ?? '',
      Annotations: metadata.annotations ?? {},
      IsRoot: !chart.path.includes('/'),
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
      APIVersions: {
        Has: (version: string) => isKnownGroup(groupOf(version), ''),
      },
      HelmVersion: { Version: 'v4.2.0' },
    },
    Template: {
      Name: template,
      BasePath: `${chart.path}/templates`,
    },
    Files: {
      Get: get,
      Lines: (name: string) => get(name).split('\n'),
    },
    Subcharts: {},
  };
}

function crdsOf(chart: Chart): string[] {
  return [...chart.crds, ...chart.charts.flatMap(crdsOf)];
}
