import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';
import { checkValues, HelmProgram, loadChart } from '../helm';
import { examples } from './helmValidate.examples';

/**
 * The action `delivery:helm:validate`: checks a chart in the workspace with values
 * before it is committed. The values are checked by the chart's schema; if the
 * backend's host has Helm, the chart is rendered too. It changes nothing.
 *
 * @public
 */
export function createHelmValidateAction(
  options: {
    /** The program to render with; default: `helm` in the PATH. */
    helm?: string;
  } = {},
) {
  const helm = new HelmProgram(options.helm);
  return createTemplateAction({
    id: 'delivery:helm:validate',
    description:
      'Checks a Helm chart in the workspace with values: by the schema of its values, and by rendering it where Helm is installed',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        path: z => z.string().describe('Folder of the chart in the workspace'),
        valueFiles: z =>
          z
            .array(z.string())
            .optional()
            .describe(
              'Files with values, relative to the folder; the last one wins. values.yaml is always read first',
            ),
        releaseName: z =>
          z
            .string()
            .regex(
              /^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$/,
              'lower-case letters, digits and dashes',
            )
            .optional()
            .describe('Name of the release; default: release'),
        namespace: z =>
          z
            .string()
            .regex(
              /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
              'lower-case letters, digits and dashes',
            )
            .optional()
            .describe('Namespace of the release; default: default'),
        requireHelm: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false, and only values are checked where Helm is missing. True: that is an error',
            ),
      },
      output: {
        rendered: z =>
          z.boolean().describe('False: Helm is missing on the host'),
        resources: z =>
          z
            .array(z.string())
            .describe('What was rendered, such as Deployment/api'),
      },
    },
    async handler(ctx) {
      const { path, valueFiles = [], requireHelm = false } = ctx.input;
      const folder = resolveSafeChildPath(ctx.workspacePath, path);
      for (const file of valueFiles) {
        resolveSafeChildPath(folder, file);
      }
      const chart = await loadChart(folder, valueFiles);
      const findings = checkValues(chart);
      if (findings.length > 0) {
        throw new InputError(
          `The values don't fit the chart ${chart.name} ${
            chart.version
          }: ${findings.join('; ')}`,
        );
      }
      const text = await helm.template({
        folder,
        valueFiles,
        releaseName: ctx.input.releaseName ?? 'release',
        namespace: ctx.input.namespace ?? 'default',
        signal: ctx.signal,
      });
      if (text === undefined && requireHelm) {
        throw new InputError(
          'Helm is missing on the host of the portal. Install it there, or leave out requireHelm',
        );
      }
      const resources = resourcesOf(text ?? '');
      ctx.logger.info(
        text === undefined
          ? `The values fit ${chart.name} ${chart.version}. Helm is missing on this host, so the chart was not rendered`
          : `${chart.name} ${chart.version} renders: ${resources.join(', ')}`,
      );
      ctx.output('rendered', text !== undefined);
      ctx.output('resources', resources);
    },
  });
}

/** Kind and name of each manifest. */
function resourcesOf(text: string): string[] {
  return yaml.parseAllDocuments(text).flatMap(document => {
    const kind = document.getIn(['kind']);
    const name = document.getIn(['metadata', 'name']);
    return kind === undefined ? [] : [`${kind}/${name}`];
  });
}
