import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type {
  RestrictedApplication,
  RestrictedResource,
} from './appProject.ts';
import { CHART, manifestsIn, namesOf, renderStep } from './createService.ts';
import { type Manifest, renderChart } from './helm.ts';
import type { Platform } from './platform.ts';
import { readPortalFile } from './portalStart.ts';

/** `scaffolder.defaultEnvironment.parameters` of the portal in the cluster. */
function environmentOf({ rendered }: Platform): Record<string, string> {
  const env = new Map(
    [
      ...JSON.stringify(
        rendered.get('portal')?.find(({ kind }) => kind === 'Deployment'),
      ).matchAll(/"name":"([A-Z_]+)","value":"([^"]*)"/g),
    ].map(([, name, value]) => [name, value]),
  );
  const shared = readFileSync(
    new URL('../../../app-config.yaml', import.meta.url),
    'utf8',
  );
  return Object.fromEntries(
    [shared, readPortalFile('app-config.aws.yaml')]
      .flatMap(text =>
        Object.entries<string>(
          parse(text).scaffolder.defaultEnvironment.parameters,
        ),
      )
      .map(([key, value]) => [
        key,
        value.replace(
          /\$\{(\w+)(?::-([^}]*))?\}/g,
          (_, name, fallback) => env.get(name) ?? fallback,
        ),
      ]),
  );
}

/** A service in one environment, as the template writes it. */
export interface RenderedService {
  application: Manifest & RestrictedApplication;
  /** What the app-of-apps applies: the Application and the ImageUpdater. */
  committed: { path: string; manifest: Manifest }[];
  /** What the Application applies. */
  resources: RestrictedResource[];
}

const isApplication = (
  manifest: Manifest,
): manifest is Manifest & RestrictedApplication =>
  manifest.kind === 'Application';

/**
 * Goes through the steps of the template that write files, for one environment, in
 * the portal that a platform contains.
 *
 * @param folder - an existing folder to write below
 */
export async function renderService(
  platform: Platform,
  choice: {
    system: string;
    environment: string;
    updatePolicy: string;
    gitCredentials?: string;
  },
  folder: string,
): Promise<RenderedService> {
  const { environment: name, system, ...parameters } = choice;
  const names = await namesOf({ name: 'api', system, environments: [name] });
  const [own] = names.environments;
  const context = {
    parameters,
    environment: { parameters: environmentOf(platform) },
    each: { key: name, value: own },
    steps: {
      service: {
        output: {
          ...names,
          name: names.release,
          system,
          entityRef: 'component:default/api',
        },
      },
      image: {
        output: {
          repositoryUri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${names.imageRepository}`,
        },
      },
    },
  };
  const files = await renderStep('renderEnvironments', context, folder);
  const service = await renderStep('renderService', context, folder);
  const chart = join(service, `apps/${names.release}`);
  cpSync(files, service, { recursive: true });
  cpSync(CHART, chart, { recursive: true });
  const committed = manifestsIn(join(service, 'argocd')).map(one => ({
    ...one,
    path: `argocd/${one.path}`,
  }));
  const application = committed
    .map(({ manifest }) => manifest)
    .find(isApplication);
  assert.ok(application);
  const namespace = application.spec.destination.namespace ?? '';
  return {
    application,
    committed,
    resources: [
      // By the option CreateNamespace=true.
      { apiVersion: 'v1', kind: 'Namespace', name: namespace },
      ...renderChart(chart, ['service.yaml', `values-${name}.yaml`], {
        image: { tag: '1.0.0' },
      }).map(({ apiVersion, kind, metadata }) => ({
        apiVersion,
        kind,
        name: metadata.name,
        namespace: metadata.namespace ?? namespace,
      })),
    ],
  };
}
