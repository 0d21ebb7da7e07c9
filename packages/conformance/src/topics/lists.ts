import { at, isObject, list } from '../http/json';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectThat } from '../runner/assertions';
import {
  plainApplication,
  type PlainApplication,
} from '../installation/plainApplication';
import { PREFIX_LABEL, type Installation } from '../installation/Installation';

async function items(
  installation: Installation,
  query: string,
): Promise<unknown[]> {
  const { status, body } = await installation.argocd.get(
    `/api/v1/applications?${query}`,
  );
  expectEqual(`status of the list ?${query}`, status, 200);
  return list(at(body, 'items'));
}

const names = (applications: unknown[]) =>
  applications.map(item => at(item, 'metadata', 'name')).sort();

/** What list requests return. */
export const lists = defineTopic<Installation, PlainApplication>({
  name: 'lists',
  async prepare(installation) {
    const plain = await plainApplication(installation, 'lists', {
      labels: { tier: installation.named('backend') },
      automated: { prune: true },
    });
    await plain.app.settled();
    return plain;
  },
  expectations: [
    {
      id: 'list-by-name',
      claim:
        'a list by name has only that application, complete, and a resourceVersion of the list',
      source: 'recordings/argocd/02-list-name.json',
      async check({ installation, app }) {
        const { body } = await installation.argocd.get(
          `/api/v1/applications?name=${app.name}`,
        );
        const found = list(at(body, 'items'));
        expectEqual('names', names(found), [app.name]);
        expectThat(
          'the list has a resourceVersion',
          /^\d+$/.test(String(at(body, 'metadata', 'resourceVersion'))),
          at(body, 'metadata'),
        );
        expectThat(
          'history, resources and spec are in it',
          list(at(found, 0, 'status', 'history')).length > 0 &&
            list(at(found, 0, 'status', 'resources')).length > 0 &&
            isObject(at(found, 0, 'spec', 'source')),
          found[0],
        );
      },
    },
    {
      id: 'list-by-selector',
      claim: 'a selector selects by equality and by sets',
      source: 'recordings/argocd/02-list-selector-in.json',
      async check({ installation, app }) {
        const label = encodeURIComponent(PREFIX_LABEL);
        for (const selector of [
          `${label}%3D${installation.prefix},tier%3D${installation.named(
            'backend',
          )}`,
          `tier%20in%20%28${installation.named('backend')}%2C%20nowhere%29`,
        ]) {
          expectEqual(
            `names of ${decodeURIComponent(selector)}`,
            names(await items(installation, `selector=${selector}`)),
            [app.name],
          );
        }
      },
    },
    {
      id: 'list-by-project',
      claim: '`projects` may be repeated, and `project` is another name for it',
      source:
        'recordings/argocd/02-list-projects-two.json, 02-list-project-alias.json',
      async check({ installation, app }) {
        const { project } = installation.config.argocd;
        for (const query of [
          `projects=${project}&projects=${installation.named('none')}`,
          `project=${project}`,
        ]) {
          const found = await items(installation, query);
          expectThat(
            `${app.name} is in ?${query}`,
            names(found).includes(app.name),
            names(found),
          );
          expectThat(
            `all of ?${query} are of the project`,
            found.every(item => at(item, 'spec', 'project') === project),
          );
        }
      },
    },
    {
      id: 'empty-lists-are-null',
      claim:
        'a list of an unknown project, or of a namespace that is not enabled, is `items: null` and no error',
      source:
        'recordings/argocd/02-list-projects-unknown.json, 02-list-appnamespace-not-enabled.json',
      async check({ installation }) {
        for (const query of [
          `projects=${installation.named('none')}`,
          `appNamespace=${installation.named('none')}`,
          `name=${installation.named('none')}`,
        ]) {
          const { status, body } = await installation.argocd.get(
            `/api/v1/applications?${query}`,
          );
          expectEqual(`status of ?${query}`, status, 200);
          expectEqual(`items of ?${query}`, at(body, 'items'), null);
        }
      },
    },
  ],
});
