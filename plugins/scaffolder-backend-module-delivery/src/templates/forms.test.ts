import { validate } from 'jsonschema';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import yaml from 'yaml';
import { templateText } from '../__testUtils__/runTemplate';

const NAMES = readdirSync(resolve(__dirname, '../../../../templates'));

/** Fields of forms that Backstage and this repository's frontend have. */
const FIELDS = [
  'DeliveryEnvironments',
  'DeliveryFilesPreview',
  'DeliveryServiceName',
  'DeliveryVersionPicker',
  'EntityPicker',
  'OwnedEntityPicker',
  'OwnerPicker',
];

describe.each(NAMES)('the form of %s', name => {
  const text = templateText(name);
  const { spec, metadata } = yaml.parse(text);
  const steps: string[] = spec.steps.map(({ id }: { id: string }) => id);

  it('has the name of its folder', () => {
    expect(metadata.name).toBe(name);
    expect(metadata.title).not.toBe('');
  });

  it('uses only fields that there are', () => {
    const used = [...text.matchAll(/ui:field: (\w+)/g)].map(
      ([, field]) => field,
    );
    expect(used.filter(field => !FIELDS.includes(field))).toEqual([]);
  });

  it('says what is missing where no environment is chosen', () => {
    const fields: { 'ui:field'?: string; errorMessage?: string }[] =
      spec.parameters.flatMap(({ properties }: { properties: object }) =>
        Object.values(properties),
      );
    const messages = fields
      .filter(field => field['ui:field'] === 'DeliveryEnvironments')
      .map(({ errorMessage }) => errorMessage);
    expect(messages).toEqual(
      messages.map(() => expect.stringMatching(/^must have at least one /)),
    );
  });

  it('refers only to its parameters, and to earlier steps', () => {
    const asked = new Set(
      [...JSON.stringify(spec.parameters).matchAll(/"(\w+)":\{"title"/g)].map(
        ([, parameter]) => parameter,
      ),
    );
    const used = [...text.matchAll(/[^.]parameters\.(\w+)/g)].map(
      ([, parameter]) => parameter,
    );
    expect(used.filter(parameter => !asked.has(parameter))).toEqual([]);
    for (const [index, step] of spec.steps.entries()) {
      const before = steps.slice(0, index);
      for (const [, id] of JSON.stringify(step).matchAll(
        /steps\.(\w+)\.output/g,
      )) {
        expect(before).toContain(id);
      }
    }
  });
});

const CASES: Record<string, { values: object; bad: [object, string][] }> = {
  'promote-version': {
    values: {
      entityRef: 'component:default/api',
      version: '1.0.1',
      environments: ['prod'],
      mode: 'request',
      hold: false,
      reason: 'Tested by "QA": {{ x }} ${{ y }}',
    },
    bad: [
      [{ entityRef: 'group:default/api' }, 'entityRef'],
      [{ entityRef: 'component:default/a\nb' }, 'entityRef'],
      [{ entityRef: 'component:default/../x' }, 'entityRef'],
      [{ version: '-x' }, 'version'],
      [{ version: 'a:b' }, 'version'],
      [{ version: '1.0\n' }, 'version'],
      [{ version: 'a'.repeat(129) }, 'version'],
      [{ environments: [] }, 'environments'],
      [{ environments: ['a', 'a'] }, 'environments'],
      [{ environments: [''] }, 'environments'],
      [{ mode: 'force' }, 'mode'],
      [{ reason: 'a\nb' }, 'reason'],
      [{ reason: 'a'.repeat(501) }, 'reason'],
    ],
  },
  'retire-service': {
    values: {
      entityRef: 'component:default/api',
      confirm: true,
      mode: 'commit',
      images: 'keep',
    },
    bad: [
      [{ entityRef: 'component:other/api' }, 'entityRef'],
      [{ entityRef: 'component:default/a/b' }, 'entityRef'],
      [{ entityRef: 'component:default/..' }, 'entityRef'],
      [{ confirm: false }, 'confirm'],
      [{ confirm: undefined }, 'confirm'],
      [{ mode: 'all' }, 'mode'],
      [{ images: 'all' }, 'images'],
    ],
  },
  'onboard-existing-service': {
    values: { entityRef: 'component:default/api', by: 'argocd/app-name' },
    bad: [
      [{ entityRef: 'api' }, 'entityRef'],
      [{ entityRef: 'component:default/a b' }, 'entityRef'],
      [{ by: 'argocd/project' }, 'by'],
    ],
  },
};

describe.each(Object.entries(CASES))(
  'the values of %s',
  (name, { values, bad }) => {
    const { parameters } = yaml.parse(templateText(name)).spec;
    // With the library that the scaffolder checks parameters with.
    const errorsOf = (given: object) =>
      parameters.flatMap((part: object) =>
        validate(JSON.parse(JSON.stringify(given)), part).errors.map(String),
      );

    it('are accepted', () => {
      expect(errorsOf(values)).toEqual([]);
    });

    it.each(bad)('are refused with %j', (change, field) => {
      const errors: string[] = errorsOf({ ...values, ...change });
      expect(errors.join('\n')).toContain(field);
    });
  },
);
