import { z } from 'zod';
import type { PageClient } from './PageClient';

/** What all instances of a page's view have in common. */
interface View {
  selector: string;
  /** The applications' namespace, which both frontends send along. */
  namespace: string;
  /** The names of the configured instances. */
  instances: readonly string[];
}

/** A plugin whose page shows the same applications. */
export interface Peer {
  name: string;
  /** Its backend on npm. */
  package: string;
  version: string;
  /**
   * Makes the requests of its frontend's cards for an entity, in their order. The
   * frontend that was read is named with each peer.
   */
  view(client: PageClient, view: View): Promise<void>;
}

const found = z.array(z.object({ name: z.string() }));

const list = z.object({
  items: z
    .array(
      z.object({
        metadata: z.object({ name: z.string() }),
        status: z.object({
          history: z.array(z.object({ revision: z.string() })).default([]),
        }),
      }),
    )
    .nullable(),
});

type Applications = z.infer<typeof list>['items'];

const path = encodeURIComponent;

/**
 * `@roadiehq/backstage-plugin-argo-cd` 2.12.5: the cards "overview" and "history"
 * each look for the instances that have the applications and read their lists. The
 * history reads each of its revisions; by default it leaves out the oldest one of
 * each application.
 */
const roadie: Peer = {
  name: 'Roadie',
  package: '@roadiehq/backstage-plugin-argo-cd-backend',
  version: '4.8.0',
  async view(client, { selector, namespace }) {
    const query = `?appNamespace=${namespace}`;
    const card = async () => {
      const instances = found.parse(
        await client.get(`/api/argocd/find/selector/${path(selector)}${query}`),
      );
      return Promise.all(
        instances.map(async ({ name }) => ({
          name,
          items: await applicationsOf(
            client,
            `/api/argocd/argoInstance/${name}/applications/selector/${path(
              selector,
            )}${query}`,
          ),
        })),
      );
    };
    const historyCard = async () => {
      const lists = await card();
      await Promise.all(
        lists.flatMap(({ name, items }) =>
          items.flatMap(({ metadata, status }) =>
            status.history
              .slice(1)
              .map(({ revision }) =>
                client.get(
                  `/api/argocd/argoInstance/${name}/applications/name/${metadata.name}/revisions/${revision}/metadata${query}`,
                ),
              ),
          ),
        ),
      );
    };
    await Promise.all([card(), historyCard()]);
  },
};

/**
 * `@backstage-community/plugin-argocd` 3.1.0: the cards "lifecycle" and "summary"
 * each read the lists of all instances; the lifecycle reads every revision once for
 * each instance's application that has it first.
 */
const community: Peer = {
  name: 'community',
  package: '@backstage-community/plugin-argocd-backend',
  version: '1.7.2',
  async view(client, { selector, namespace, instances }) {
    const query = `?appNamespace=${namespace}`;
    const base = '/api/backstage-community-argocd/argoInstance';
    const card = async () =>
      Promise.all(
        instances.map(async name => ({
          name,
          items: await applicationsOf(
            client,
            `${base}/${name}/applications/selector/${path(selector)}${query}`,
          ),
        })),
      );
    const lifecycle = async () => {
      const lists = await card();
      const places = new Map<string, string>();
      for (const { name, items } of lists) {
        for (const { metadata, status } of items) {
          for (const { revision } of status.history) {
            if (!places.has(revision)) {
              places.set(
                revision,
                `${name}/applications/name/${metadata.name}`,
              );
            }
          }
        }
      }
      await Promise.all(
        [...places].map(([revision, place]) =>
          client.get(`${base}/${place}/revisions/${revision}/metadata${query}`),
        ),
      );
    };
    await Promise.all([card(), lifecycle()]);
  },
};

async function applicationsOf(
  client: PageClient,
  url: string,
): Promise<NonNullable<Applications>> {
  return list.parse(await client.get(url)).items ?? [];
}

/**
 * The latest versions that npm has, for the community's backend: it depends on later
 * ones.
 */
export const OVERRIDES = {
  '@backstage-community/plugin-argocd-common': '1.16.0',
  '@backstage-community/plugin-argocd-node': '1.4.0',
};

export const PEERS: readonly Peer[] = [roadie, community];
