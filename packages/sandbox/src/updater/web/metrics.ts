import type { UpdaterReport } from '../Cycle';

const GAUGES_AND_COUNTERS = {
  applications_watched_total: {
    type: 'gauge',
    help: 'The total number of applications watched by Argo CD Image Updater CR',
  },
  images_errors_total: {
    type: 'counter',
    help: 'Number of errors reported by Argo CD Image Updater CR',
  },
  images_updated_total: {
    type: 'counter',
    help: 'Number of images updated by Argo CD Image Updater CR',
  },
  images_watched_total: {
    type: 'gauge',
    help: 'Number of images watched by Argo CD Image Updater CR',
  },
} as const;

/** The updater has these, but never counts. */
const UNUSED = [
  '# HELP argocd_image_updater_k8s_api_errors_total The total number of K8S API requests resulting in error',
  '# TYPE argocd_image_updater_k8s_api_errors_total counter',
  'argocd_image_updater_k8s_api_errors_total 0',
  '# HELP argocd_image_updater_k8s_api_requests_total The total number of K8S API requests performed by the Argo CD Image Updater',
  '# TYPE argocd_image_updater_k8s_api_requests_total counter',
  'argocd_image_updater_k8s_api_requests_total 0',
];

type Metric = keyof typeof GAUGES_AND_COUNTERS;

/** The updater's metrics since its start, for each ImageUpdater. */
export class Metrics {
  readonly #values = new Map<string, Map<Metric, number>>();

  /** Takes in what a cycle did. */
  record(report: UpdaterReport): void {
    const labels = `image_updater_cr_name="${report.name}",image_updater_cr_namespace="${report.namespace}"`;
    const values = this.#values.get(labels) ?? new Map<Metric, number>();
    this.#values.set(labels, values);
    const add = (metric: Metric, value: number) =>
      values.set(metric, (values.get(metric) ?? 0) + value);
    values.set('applications_watched_total', report.applicationsMatched);
    values.set('images_watched_total', report.imagesConsidered);
    // What never had an Application counts nothing.
    if (report.applicationsMatched > 0 || values.has('images_updated_total')) {
      add('images_updated_total', report.imagesUpdated);
      add('images_errors_total', report.errors);
    }
  }

  /** The text that Prometheus reads. */
  render(): string {
    const names = Object.keys(GAUGES_AND_COUNTERS) as Metric[];
    const perUpdater = names.flatMap(name => {
      const { type, help } = GAUGES_AND_COUNTERS[name];
      const full = `argocd_image_updater_${name}`;
      return [
        `# HELP ${full} ${help}`,
        `# TYPE ${full} ${type}`,
        ...[...this.#values]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([labels, values]) => {
            const value = values.get(name);
            return value === undefined ? [] : [`${full}{${labels}} ${value}`];
          }),
      ];
    });
    return [...perUpdater, ...UNUSED].map(line => `${line}\n`).join('');
  }
}
