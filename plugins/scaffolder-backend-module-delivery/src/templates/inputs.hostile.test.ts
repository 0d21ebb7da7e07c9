import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import fc from 'fast-check';
import { apiOwnedBy } from '../__testUtils__/ownership';
import {
  type RunningTemplate,
  startTemplate,
} from '../__testUtils__/runTemplate';

const hostile = fc.oneof(
  fc.constantFrom(
    ...['on', 'no', 'null', '~', '2024', '1e3', '0x1f', 'true', '1.10', 'NaN'],
    ...['- a', 'a: b', '&a', '*a', '!!int 1', '| ', '> ', '# x', "it's", ' x '],
    ...['"', '\\', '`id`', '$(id)', ';id', '--help', '../../x', '$&', '%00'],
    ...['{{ fail "x" }}', '${{ secrets.X }}', '${{ parameters }}', '}}', '${{'],
    ...['{% raw %}', '{% if 1 %}', '{# x #}', "${{ '${{' }}", '\u2028', ''],
    ...['a\n---\nkind: Location', '\r\nowner: x', '\t', '\ufeff', '<b>'],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('$', '{', '}', '%', '"', "'", '\n', ':', 'a', '1'),
    maxLength: 12,
  }),
);
/** The components of the catalog. */
const NAMES = ['on', 'null', 'true', 'y', 'e1', 'no-1'];
/** A valid name of no component isn't hostile: it would just not be found. */
const hostileName = hostile.filter(
  name => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/i.test(name),
);
const entityRef = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...NAMES.map(refOf)) },
  hostile,
  hostileName.map(refOf),
);

function refOf(name: string): string {
  return `component:default/${name}`;
}

/** What the actions of a run were given, by the step's id. */
type Inputs = Record<string, JsonObject>;

/**
 * The scaffolder with a template whose actions only record their inputs.
 *
 * @param outputs - of the actions, by id
 */
async function startRecording(
  template: string,
  outputs: Record<string, JsonObject>,
) {
  let inputs: Inputs = {};
  const running: RunningTemplate = await startTemplate({
    template,
    actions: Object.entries(outputs).map(([id, output]) =>
      createTemplateAction({
        id,
        schema: { input: z => z.record(z.any()) },
        handler: async ctx => {
          inputs[ctx.step?.id ?? id] = ctx.input;
          Object.entries(output).forEach(([name, value]) =>
            ctx.output(name, value),
          );
        },
      }),
    ),
    entities: NAMES.map(name => ({
      ...apiOwnedBy('group:default/shop-team'),
      metadata: { name, namespace: 'default' },
      spec: { system: 'shop' },
    })),
    parameters: { configRepository: 'https://git.example.com/deploy.git' },
    files: { 'https://git.example.com/catalog-info.yaml': 'a: 1\n' },
  });
  return {
    stop: () => running.stop(),
    run: async (values: JsonObject) => {
      inputs = {};
      return { result: await running.run(values), inputs };
    },
  };
}

/**
 * Every run is refused with the name of a parameter before any action, or gives the
 * actions exactly what `expected` says.
 *
 * @returns how many runs weren't refused
 */
async function expectExact<T extends JsonObject>(
  { run }: Awaited<ReturnType<typeof startRecording>>,
  values: fc.Arbitrary<T>,
  expected: (values: T) => Inputs,
): Promise<number> {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(values, async value => {
      const { result, inputs } = await run(value);
      if ('refused' in result) {
        const names = Object.keys(value).join('|');
        expect(result.refused).toMatch(new RegExp(`instance.(${names})`));
        expect(inputs).toEqual({});
        return;
      }
      expect(result).not.toHaveProperty('error');
      expect(inputs).toMatchObject(expected(value));
      accepted += 1;
    }),
    { numRuns: 40 },
  );
  return accepted;
}

describe('hostile inputs', () => {
  it('of promote-version are refused, or reach the promotion unchanged', async () => {
    const template = await startRecording('promote-version', {
      'delivery:version:read': { versions: [] },
      'delivery:promote': { changes: [] },
    });
    const version = fc.constantFrom(
      ...['1.10', '1e3', '0x1f', 'true', 'null', 'on', '_', '2024', '0'],
    );
    const accepted = await expectExact(
      template,
      fc.record({
        entityRef: fc.oneof(
          { weight: 5, arbitrary: fc.constant(refOf('on')) },
          entityRef,
        ),
        version: fc.oneof({ weight: 5, arbitrary: version }, hostile),
        environments: fc.array(hostile, { minLength: 1, maxLength: 2 }),
        mode: fc.constantFrom('request', 'commit'),
        hold: fc.boolean(),
        reason: hostile,
      }),
      ({ environments, ...values }) => ({
        before: { entityRef: values.entityRef },
        promote: { ...values, toEnvironments: environments },
      }),
    );
    expect(accepted).toBeGreaterThan(3);
    await template.stop();
  }, 120_000);

  it('of onboard-existing-service are refused, or reach the request unchanged', async () => {
    const template = await startRecording('onboard-existing-service', {
      'delivery:catalog:suggest': {
        state: 'found',
        annotations: { 'argocd/app-name': 'api-dev' },
        applications: [{ instance: 'main', namespace: 'argocd', name: 'a' }],
        repositories: [],
        fileUrl: 'https://git.example.com/catalog-info.yaml',
        repoUrl: 'https://git.example.com/api.git',
        branch: 'main',
        path: 'catalog-info.yaml',
      },
      'delivery:catalog:annotate': { changed: true },
      'delivery:git:pull-request': { url: 'https://git.example.com/1' },
    });
    const accepted = await expectExact(
      template,
      fc.record({
        entityRef,
        by: fc.oneof(
          {
            weight: 3,
            arbitrary: fc.constantFrom('suggested', 'argocd/app-name'),
          },
          hostile,
        ),
      }),
      ({ entityRef: ref, by }) => ({
        suggest: {
          entityRef: ref,
          ...(by !== 'suggested' && { annotation: by }),
        },
        annotate: { entityRef: ref },
        request: {
          title: `feat: connect ${ref} with its Argo CD Applications`,
        },
      }),
    );
    expect(accepted).toBeGreaterThan(3);
    await template.stop();
  }, 120_000);

  it('of retire-service are refused, or name exactly what is removed', async () => {
    const template = await startRecording('retire-service', {
      'delivery:applications:read': { applications: [] },
      'delivery:argocd:application:release': {},
      'delivery:argocd:application:delete': {},
      'delivery:git:folders:remove': { removed: [] },
      'delivery:ecr:repository:delete': { deleted: true },
      'delivery:catalog:unregister': {},
    });
    const accepted = await expectExact(
      template,
      fc.record({
        entityRef,
        confirm: fc.constant(true),
        mode: fc.constant('commit'),
        images: fc.constant('delete'),
        regions: fc.oneof(
          { weight: 4, arbitrary: fc.constant<string[]>(['us-east-1']) },
          fc.array(hostile, { minLength: 1, maxLength: 2 }),
        ),
      }),
      ({ entityRef: ref, regions }) => {
        const name = ref.replace('component:default/', '');
        return {
          applications: { entityRef: ref },
          manifests: { folders: [`argocd/${name}`], entityRef: ref },
          configuration: { folders: [`apps/${name}`], entityRef: ref },
          images: { name: `shop/${name}`, entityRef: ref, deleteImages: true },
          imagesElsewhere: {
            name: `shop/${name}`,
            region: regions.at(-1) ?? '',
          },
          unregister: { entityRef: ref },
        };
      },
    );
    expect(accepted).toBeGreaterThan(3);
    await template.stop();
  }, 120_000);
});
