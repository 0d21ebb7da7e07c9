import { createMockDirectory } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import yaml from 'yaml';
import {
  read,
  render as renderSkeleton,
  type Values,
  values,
} from '../__testUtils__/createService';

describe('create-service with hostile values', () => {
  const workspace = createMockDirectory();
  const render = (skeleton: string, change?: Partial<Values>) =>
    renderSkeleton(workspace.path, skeleton, change);

  /** Choices of the form, which the steps before have checked. */
  const choices = {
    language: 'java',
    size: 'small',
    updatePolicy: 'any',
    stagingPolicy: 'same',
    prodPolicy: 'same',
    autoscaling: 'cpu',
    exposure: 'public',
    database: 'postgres',
    host: 'github',
  };
  const baseline: Values = {
    ...values,
    ...Object.fromEntries(
      Object.keys(values).map(key => [key, `mark${key.toLowerCase()}`]),
    ),
    ...choices,
    secrets: [
      { variable: 'markvariable', secret: 'marksecret', property: 'markkey' },
    ],
  };
  const hostile = fc.oneof(
    fc.constantFrom(
      ...['on', 'no', 'null', '~', '', '2024', '1e3', '0x1f', 'true', ' x '],
      ...['- a', 'a: b', '&a', '*a', '!!int 1', '| ', '> ', '# x', "it's"],
      ...['"', '\\', '\\"', '`x`', '[x](http://x)', '<script>', '$1', '$&'],
      ...['{{ fail "x" }}', '${{ secrets.X }}', '${{ values.name }}', '}}'],
      ...['{% raw %}', '{% endraw %}', '{# x #}', "${{ '${{' }}", '${{${{'],
      ...['\n---\nkind: Location', '\r\nowner: x', '\t', '\u2028', '\ufeff'],
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('$', '{', '}', '%', '"', "'", '\n', ':', ' ', 'a'),
      maxLength: 12,
    }),
  );
  // They are parts of file names too.
  const fileName = fc.constantFrom(
    ...['on', 'no', 'null', 'y', 'true', '2024', '1e3', '0x1f', '~', 'api'],
  );
  const attack = fc.record({
    name: fileName,
    environment: fileName,
    description: hostile,
    system: hostile,
    systemRef: hostile,
    owner: hostile,
    project: hostile,
    entityRef: hostile,
    imageRepository: hostile,
    imageRepositoryName: hostile,
    application: hostile,
    namespace: hostile,
    configRepository: hostile,
    branch: hostile,
    argocdNamespace: hostile,
    destinationServer: hostile,
    gitCredentials: hostile,
    domain: hostile,
    databaseHost: hostile,
    databaseName: hostile,
    databaseSecret: hostile,
    secrets: fc.tuple(
      fc.record({
        // The form refuses anything else.
        variable: fc.constant('markvariable'),
        secret: hostile,
        property: hostile.filter(text => text !== ''),
      }),
    ),
    language: fc.constant(choices.language),
    size: fc.constant(choices.size),
    updatePolicy: fc.constant(choices.updatePolicy),
    stagingPolicy: fc.constant(choices.stagingPolicy),
    prodPolicy: fc.constant(choices.prodPolicy),
    autoscaling: fc.constant(choices.autoscaling),
    exposure: fc.constant(choices.exposure),
    database: fc.constant(choices.database),
    host: fc.constant(choices.host),
  });

  /** The free texts among values, by name. */
  const textsOf = ({ secrets, ...others }: Values): Map<string, string> =>
    new Map(
      Object.entries({
        ...others,
        secret: secrets[0].secret,
        property: secrets[0].property ?? '',
      }).filter(([key]) => !Object.hasOwn(choices, key)),
    );

  /** The expected text, with values in place of the baseline's marks. */
  function expected(text: string, change: Values): string {
    const replacements = textsOf(change);
    const byMark = new Map(
      [...textsOf(baseline)].map(([key, mark]) => [
        mark,
        replacements.get(key),
      ]),
    );
    return text.replace(
      new RegExp(
        [...byMark.keys()].sort((a, b) => b.length - a.length).join('|'),
        'g',
      ),
      mark => byMark.get(mark) ?? mark,
    );
  }

  const deep = (value: unknown, change: Values): unknown =>
    JSON.parse(JSON.stringify(value), (_, part) =>
      typeof part === 'string' ? expected(part, change) : part,
    );

  const data = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => /\.(?:yaml|json)$/.test(file))
      .filter(file => !file.includes('/templates/'))
      .sort();

  function parse(folder: string, file: string): unknown {
    const text = read(folder, file);
    if (file.endsWith('.json')) {
      return JSON.parse(text);
    }
    const documents = yaml.parseAllDocuments(text);
    expect(documents).toHaveLength(1);
    expect([...documents[0].errors, ...documents[0].warnings]).toEqual([]);
    return documents[0].toJS();
  }

  it.each(['source', 'environment', 'service'])(
    'writes each value as one string into the files of %s',
    async skeleton => {
      const plain = await render(skeleton, baseline);
      expect(data(plain)).not.toEqual([]);
      await fc.assert(
        fc.asyncProperty(attack, async change => {
          const folder = await render(skeleton, change);
          expect(data(folder)).toEqual(
            data(plain)
              .map(file => expected(file, change))
              .sort(),
          );
          for (const file of data(plain)) {
            expect(parse(folder, expected(file, change))).toEqual(
              deep(parse(plain, file), change),
            );
          }
        }),
        { numRuns: 30 },
      );
    },
    300_000,
  );

  it('writes text into Markdown and text files as plain text', async () => {
    const before = read(await render('source', baseline), 'README.md');
    await fc.assert(
      fc.asyncProperty(attack, async change => {
        const folder = await render('source', change);
        const lines = read(folder, 'README.md').split('\n');
        expect(lines).toHaveLength(before.split('\n').length);
        expect(lines[2]).not.toMatch(/(?<!\\)(?:\\\\)*[<>`[\]]/);
        expect(lines[2]).not.toMatch(/^ *(?:[-=+*]|\d+\.)/);
        expect(read(folder, 'NAME')).toBe(`${change.name}\n`);
        expect(read(folder, 'ci/ecr-repository')).toBe(
          `${change.imageRepositoryName}\n`,
        );
      }),
      { numRuns: 30 },
    );
  }, 300_000);

  it('writes an owner that contains YAML as one string', async () => {
    const owner =
      'group:default/me\n---\napiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: l\nspec:\n  target: https://example.com';
    const folder = await render('source', { owner });
    expect(parse(folder, 'catalog-info.yaml')).toMatchObject({
      kind: 'Component',
      metadata: { name: 'api' },
      spec: { type: 'service', owner, system: values.systemRef },
    });
  });
});
