import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import type { Manifest } from './helm.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MODULE = join(ROOT, 'plugins/scaffolder-backend-module-delivery');

/** The folder of the repository's templates, from its root. */
export const TEMPLATES = 'templates';
const TEMPLATE = join(ROOT, TEMPLATES, 'create-service/template.yaml');
/** The chart that the template copies as it is. */
export const CHART = join(ROOT, TEMPLATES, 'create-service/skeleton/chart');

const require = createRequire(join(MODULE, 'package.json'));

interface Action {
  handler(context: object): Promise<void>;
}

const {
  createFetchTemplateAction,
}: {
  createFetchTemplateAction(options: object): Action;
} = require('@backstage/plugin-scaffolder-backend');
const {
  ScmIntegrations,
}: {
  ScmIntegrations: { fromConfig(config: object): object };
} = require('@backstage/integration');
const { ConfigReader }: { ConfigReader: new (data: object) => object } =
  createRequire(require.resolve('@backstage/integration'))('@backstage/config');

interface Template {
  spec: {
    parameters: {
      properties: Record<
        string,
        { enum?: string[]; items?: { enum?: string[] } }
      >;
    }[];
    steps: {
      id: string;
      input: { url?: string; values?: Record<string, string> };
    }[];
  };
}

const { parameters, steps } = (
  parse(readFileSync(TEMPLATE, 'utf8')) as Template
).spec;

/** What a parameter of the form may be. */
export function optionsOf(parameter: string): string[] {
  const property = parameters
    .map(({ properties }) => properties[parameter])
    .find(found => found !== undefined);
  return property?.enum ?? property?.items?.enum ?? [];
}

interface Names {
  release: string;
  project: string;
  imageRepository: string;
  environments: { name: string; application: string; namespace: string }[];
}

/** The names that the step `delivery:service:check` derives. */
export async function namesOf(options: {
  name: string;
  system: string;
  environments: readonly string[];
}): Promise<Names> {
  const { serviceNames }: { serviceNames(options: object): Names } =
    await import(
      pathToFileURL(join(MODULE, 'src/service/serviceNames.ts')).href
    );
  return serviceNames({
    ...options,
    // Without delivery.scaffolder.projects, the project has the system's name.
    project: options.system,
    sourceHost: { type: 'github' },
  });
}

/**
 * Renders what a step of the template writes, with the expressions of the step, by
 * the action of the scaffolder itself.
 *
 * @param context - what the expressions refer to: `parameters`, `steps` …
 * @param folder - an existing folder, which gets one of its own for the files
 * @returns the folder of the files
 */
export async function renderStep(
  id: string,
  context: object,
  folder: string,
): Promise<string> {
  const step = steps.find(one => one.id === id);
  if (!step) {
    throw new Error(`The template has no step ${id}`);
  }
  const { url, values = {} } = step.input;
  return render(
    { url, values: await evaluated(values, context, folder) },
    TEMPLATE,
    folder,
  );
}

let count = 0;

/** Runs `fetch:template`, and returns the folder of what it has written. */
async function render(
  input: { url?: string; values: object },
  template: string,
  folder: string,
): Promise<string> {
  const targetPath = `./rendered-${(count += 1)}`;
  await createFetchTemplateAction({
    integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
    reader: {},
  }).handler({
    input: { ...input, targetPath },
    workspacePath: folder,
    templateInfo: {
      entityRef: 'template:default/create-service',
      baseUrl: pathToFileURL(template).href,
    },
    logger: { info() {}, debug() {}, warn() {}, error() {} },
    output() {},
    createTemporaryDirectory: async () => mkdtempSync(join(folder, 'tmp-')),
    checkpoint: ({ fn }: { fn: () => unknown }) => fn(),
  });
  return join(folder, targetPath);
}

/** The values of expressions, which the scaffolder evaluates in the same way. */
async function evaluated(
  expressions: Record<string, string>,
  context: object,
  folder: string,
): Promise<Record<string, unknown>> {
  const keys = Object.keys(expressions);
  const template = mkdtempSync(join(folder, 'expressions-'));
  mkdirSync(join(template, 'skeleton'));
  writeFileSync(
    join(template, 'skeleton/values.txt'),
    keys
      .map(key =>
        expressions[key]
          .replace(/^\$\{\{(.+)\}\}$/, '${{ ($1) | dump }}')
          // The action provides everything below "values".
          .replace(
            /(?<![\w.])(steps|parameters|environment|each)\./g,
            'values.$1.',
          ),
      )
      .join('\n'),
  );
  const rendered = await render(
    { url: './skeleton', values: context },
    join(template, 'template.yaml'),
    folder,
  );
  const lines = readFileSync(join(rendered, 'values.txt'), 'utf8').split('\n');
  return Object.fromEntries(
    keys.map((key, index) => [key, JSON.parse(lines[index])]),
  );
}

/** All manifests below a folder, with their paths. */
export function manifestsIn(
  folder: string,
): { path: string; manifest: Manifest }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.yaml'))
    .flatMap(path =>
      parseAllDocuments(readFileSync(join(folder, path), 'utf8')).map(
        document => ({ path, manifest: document.toJS() as Manifest }),
      ),
    )
    .filter(({ manifest }) => manifest?.kind !== undefined);
}
