import type {
  Application,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import createKnex, { type Knex } from 'knex';
import { join } from 'node:path';
import type { PortalDatabase } from './PortalProcess';

/** An application as stored in a portal's database. */
export interface StoredApplication {
  key: string;
  name: string;
  resourceVersion?: string;
  gone: boolean;
  /** The last observed state. */
  state?: Application;
}

/** Reads what a delivery backend has stored, bypassing the backend. */
export class DeliveryStore {
  static open(database: PortalDatabase): DeliveryStore {
    return new DeliveryStore(
      database.kind === 'sqlite'
        ? createKnex({
            client: 'better-sqlite3',
            connection: {
              filename: join(database.folder, 'delivery.sqlite'),
            },
            useNullAsDefault: true,
          })
        : createKnex({
            client: 'pg',
            connection: `${database.connectionString}/${database.prefix}delivery`,
            pool: { min: 0, max: 2 },
            // Connections cut by a stopped database are expected, so don't log
            // them.
            log: { warn: () => undefined },
          }),
    );
  }

  private constructor(readonly knex: Knex) {}

  async applications(namePrefix = ''): Promise<StoredApplication[]> {
    const rows: {
      key: string;
      name: string;
      resource_version: string | null;
      gone_at: string | null;
      state: string | null;
    }[] = await this.knex('applications')
      .where('name', 'like', `${namePrefix}%`)
      .select('key', 'name', 'resource_version', 'gone_at', 'state');
    return rows.map(row => ({
      key: row.key,
      name: row.name,
      ...(row.resource_version && { resourceVersion: row.resource_version }),
      gone: row.gone_at !== null,
      ...(row.state && { state: JSON.parse(row.state) }),
    }));
  }

  /**
   * The promotions as the API returns them, for applications with this name
   * prefix; oldest first.
   */
  async promotions(namePrefix = ''): Promise<Promotion[]> {
    const rows: { document: string }[] = await this.knex('promotions')
      .join('applications', 'applications.key', 'promotions.application_key')
      .where('applications.name', 'like', `${namePrefix}%`)
      .orderBy(['applications.name', 'promotions.started_at', 'promotions.id'])
      .select('promotions.document');
    return rows.map(({ document }) => JSON.parse(document));
  }

  /** How many applications have been read. */
  async applicationCount(): Promise<number> {
    const row = await this.knex('applications')
      .whereNotNull('state')
      .first(this.knex.raw('count(*) as count'));
    return Number(row.count);
  }

  /** The known images of the registry. */
  async images(
    repository: string,
  ): Promise<{ digest: string; tags: string[] }[]> {
    const rows: { digest: string; tags: string }[] = await this.knex('images')
      .where({ repository })
      .whereNull('removed_at')
      .select('digest', 'tags');
    return rows.map(({ digest, tags }) => ({ digest, tags: JSON.parse(tags) }));
  }

  /** Unanswered revision requests, for applications with this name prefix. */
  async revisionRequests(
    namePrefix = '',
  ): Promise<{ application: string; revision: string; gone: boolean }[]> {
    const rows: { name: string; revision: string; gone_at: string | null }[] =
      await this.knex('revision_requests')
        .join(
          'applications',
          'applications.key',
          'revision_requests.application_key',
        )
        .where('applications.name', 'like', `${namePrefix}%`)
        .select(
          'applications.name',
          'applications.gone_at',
          'revision_requests.revision',
        );
    return rows.map(({ name, revision, gone_at: goneAt }) => ({
      application: name,
      revision,
      gone: goneAt !== null,
    }));
  }

  /** How many revisions were never requested. */
  async unreadRevisions(): Promise<number> {
    const row = await this.knex('revision_requests')
      .where('attempts', 0)
      .first(this.knex.raw('count(*) as count'));
    return Number(row.count);
  }

  /** The known revisions. */
  async revisions(): Promise<Set<string>> {
    const rows: { revision: string }[] = await this.knex('revisions').select(
      'revision',
    );
    return new Set(rows.map(({ revision }) => revision));
  }

  async close(): Promise<void> {
    await this.knex.destroy();
  }
}
