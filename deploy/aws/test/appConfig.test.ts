import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { render, withoutHelm } from './helm.ts';
import { platformOf } from './platform.ts';
import { readPortalFile } from './portalStart.ts';

/** The configuration of one's own, as the chart gives it to the portal. */
function ownConfig(appConfig: object): unknown {
  const values = platformOf('small')?.applications.find(
    ({ metadata }) => metadata.name === 'portal',
  )?.spec.source.helm?.valuesObject;
  const config = render('charts/portal', { ...values, appConfig }).find(
    ({ kind }) => kind === 'ConfigMap',
  );
  const data: Record<string, string> = Object.assign({}, config?.data);
  return parse(data['app-config.own.yaml']);
}

const PEOPLE = {
  type: 'url',
  target: 'https://github.com/example/gitops/blob/main/org.yaml',
  rules: [{ allow: ['User', 'Group', 'System'] }],
};

describe('a configuration of one’s own', { skip: withoutHelm }, () => {
  it('keeps the template of the image beside its locations', () => {
    const { catalog } = parse(readPortalFile('app-config.aws.yaml'));
    assert.deepEqual(
      ownConfig({
        app: { title: 'Ours' },
        catalog: { locations: [PEOPLE], readonly: true },
      }),
      {
        app: { title: 'Ours' },
        catalog: {
          locations: [...catalog.locations, PEOPLE],
          readonly: true,
        },
      },
    );
  });

  for (const appConfig of [
    {},
    { catalog: { readonly: true } },
    { permission: { enabled: true } },
  ]) {
    it(`stays as it is otherwise: ${JSON.stringify(appConfig)}`, () => {
      assert.deepEqual(ownConfig(appConfig), appConfig);
    });
  }
});
