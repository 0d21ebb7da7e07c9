import { createMockDirectory } from '@backstage/backend-test-utils';
import { validate } from 'jsonschema';
import yaml from 'yaml';
import { read, render, template } from '../__testUtils__/createService';

interface FormPart {
  properties: object;
  /** Questions that only some answers lead to. */
  dependencies?: Record<string, { oneOf: FormPart[] }>;
}

function propertyNames({ properties, dependencies = {} }: FormPart): string[] {
  return [
    ...Object.keys(properties),
    ...Object.values(dependencies).flatMap(({ oneOf }) =>
      oneOf.flatMap(propertyNames),
    ),
  ];
}

describe('template.yaml of create-service', () => {
  const workspace = createMockDirectory();
  const createdTemplate = createMockDirectory();

  it('uses only parameters of the form, and existing steps', () => {
    const text = read(template, 'template.yaml');
    const { spec } = yaml.parse(text);
    const asked = spec.parameters.flatMap(propertyNames);
    const steps = spec.steps.map(({ id }: { id: string }) => id);
    const used = (pattern: RegExp) =>
      [...text.matchAll(pattern)].map(([, name]) => name);
    expect(used(/[^.]parameters\.(\w+)/g).length).toBeGreaterThan(0);
    for (const name of used(/[^.]parameters\.(\w+)/g)) {
      expect(asked).toContain(name);
    }
    for (const id of used(/steps\.(\w+)\.output/g)) {
      expect(steps).toContain(id);
    }
  });

  it('contains only valid expressions', async () => {
    const folder = createdTemplate.resolve('.');
    // The action provides everything below "values".
    const text = read(template, 'template.yaml').replace(
      /(?<![\w.])(steps|parameters|environment|each)\./g,
      'values.$1.',
    );
    createdTemplate.setContent({ 'skeleton/all.txt': text });
    const written = await render(
      workspace.path,
      '.',
      {},
      `file://${folder}/template.yaml`,
    );
    const rendered = read(written, 'all.txt');
    expect(rendered).not.toContain('${{');
    expect(rendered).toContain('action: publish:gitea');
  });

  describe('its form', () => {
    const { parameters } = yaml.parse(read(template, 'template.yaml')).spec;

    it.each<[object, string]>([
      [{}, ''],
      [{ exposure: 'none', database: 'none', secrets: [] }, ''],
      [{ exposure: 'public', domain: 'example.com' }, ''],
      [{ exposure: 'public' }, 'instance.exposure'],
      [{ exposure: 'internal', domain: 'example..com' }, 'instance.exposure'],
      [{ database: 'postgres' }, 'instance.database'],
      [
        {
          database: 'postgres',
          databaseHost: 'shop-{environment}.example.com',
          databaseName: 'shop',
          databaseSecret: 'rds!cluster-1',
        },
        '',
      ],
      [{ secrets: [{ variable: 'A', secret: 'a/{environment}/b' }] }, ''],
      [
        { secrets: [{ variable: 'a-b', secret: 'a' }] },
        'instance.secrets[0].variable does not match pattern',
      ],
      [
        { secrets: [{ variable: 'A', secret: '{region}' }] },
        'instance.secrets[0].secret does not match pattern',
      ],
    ])('checks how a service runs: %j', (answers, message) => {
      // With the library that the scaffolder checks parameters with.
      const { errors } = validate(answers, parameters[2]);
      expect(errors.length > 0).toBe(message !== '');
      expect(errors.map(({ stack }) => stack).join('\n')).toContain(message);
    });

    const patterns: Record<string, { pattern: string }> = Object.assign(
      {},
      ...parameters.map(({ properties }: { properties: object }) => properties),
    );
    const accepts = (name: string, value: string) =>
      new RegExp(patterns[name].pattern, 'u').test(value);

    it.each([
      ['name', 'price-list'],
      ['name', 'on'],
      ['description', 'Says "hi": {{ x }} ${{ y }} `z` \\ ü'],
      ['system', 'system:default/shop'],
      ['system', 'system:default/2024'],
      ['owner', 'group:default/shop-team'],
      ['owner', 'user:default/jane.doe'],
      ['gitCredentials', 'repocreds'],
      ['gitCredentials', 'secret:git-creds'],
      ['gitCredentials', 'secret:argocd/git.creds'],
    ])('accepts for %s: %s', (name, value) => {
      expect(accepts(name, value)).toBe(true);
    });

    it.each([
      ['name', 'a\nb'],
      ['name', '../x'],
      ['description', 'a\nb'],
      ['description', 'a\u2028b'],
      ['description', 'a\u0085b'],
      ['system', 'system:other/shop'],
      ['system', 'group:default/shop'],
      ['system', 'shop'],
      ['system', 'system:default/a\nb'],
      ['owner', 'group:default/me\n---\nkind: Location'],
      ['owner', 'system:default/shop'],
      ['owner', 'group:default/me '],
      ['gitCredentials', 'none'],
      ['gitCredentials', 'git:repocreds'],
      ['gitCredentials', 'secret:'],
      ['gitCredentials', 'secret:argocd/'],
      ['gitCredentials', 'secret:a/b/c'],
      ['gitCredentials', 'secret:Creds'],
      ['gitCredentials', 'repocreds\nx: y'],
    ])('refuses for %s: %j', (name, value) => {
      expect(accepts(name, value)).toBe(false);
    });
  });
});
