import type {
  ApplicationRef,
  ImageUpdaterResource,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ImageUpdaterPatternRow, ImageUpdaterRow } from '../../rows';
import { chunked } from '../chunked';

/** Stands for all names that a glob may match. */
const ANY = '';

/**
 * The Image Updater's resources that may select some applications: those that
 * name one of them, and those with a glob.
 *
 * @internal
 */
export async function readImageUpdaters(
  knex: Knex,
  refs: ApplicationRef[],
): Promise<{ instance: string; updater: ImageUpdaterResource }[]> {
  const found = new Map<string, ImageUpdaterRow>();
  for (const some of chunked(refs)) {
    const instances = [...new Set(some.map(({ instance }) => instance))];
    const namespaces = [...new Set(some.map(({ namespace }) => namespace))];
    const rows = await knex<ImageUpdaterPatternRow>('image_updater_patterns')
      .whereIn('image_updater_patterns.instance', instances)
      .whereIn('image_updater_patterns.namespace', namespaces)
      .whereIn('application', [...some.map(({ name }) => name), ANY])
      .join('image_updaters', join =>
        join
          .on('image_updaters.instance', 'image_updater_patterns.instance')
          .on('image_updaters.namespace', 'image_updater_patterns.namespace')
          .on('image_updaters.name', 'image_updater_patterns.name'),
      )
      .select<ImageUpdaterRow[]>('image_updaters.*');
    for (const row of rows) {
      found.set(`${row.instance}/${row.namespace}/${row.name}`, row);
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { instance, document }]) => ({
      instance,
      updater: JSON.parse(document),
    }));
}

/**
 * Makes what an application manages what was read of it.
 *
 * @internal
 * @returns whether more changed than the time of the last look
 */
export async function replaceImageUpdaters(
  tx: Knex.Transaction,
  options: {
    instance: string;
    /** Key of the application that manages them. */
    manager: string;
    updaters: ImageUpdaterResource[];
  },
): Promise<boolean> {
  const { instance, manager, updaters } = options;
  const before = await tx<ImageUpdaterRow>('image_updaters')
    .where({ instance, manager })
    .select('namespace', 'name', 'document');
  await tx<ImageUpdaterRow>('image_updaters')
    .where({ instance, manager })
    .delete();
  const rows = updaters.map(updater => ({
    instance,
    namespace: updater.namespace,
    name: updater.name,
    manager,
    document: JSON.stringify(updater),
  }));
  for (const chunk of chunked(rows, 100)) {
    await tx<ImageUpdaterRow>('image_updaters')
      .insert(chunk)
      .onConflict(['instance', 'namespace', 'name'])
      .merge();
  }
  const patterns = updaters.flatMap(({ namespace, name, spec }) =>
    applicationNames(spec).map(application => ({
      instance,
      namespace,
      name,
      application,
    })),
  );
  for (const chunk of chunked(patterns, 100)) {
    await tx<ImageUpdaterPatternRow>('image_updater_patterns')
      .insert(chunk)
      .onConflict(['instance', 'namespace', 'application', 'name'])
      .ignore();
  }
  return (
    decisive(before.map(row => JSON.parse(row.document))) !== decisive(updaters)
  );
}

/**
 * Forgets the resources whose managing applications are no longer among these.
 *
 * @internal
 * @returns whether there were any
 */
export async function keepManagers(
  tx: Knex.Transaction,
  instance: string,
  managers: string[],
): Promise<boolean> {
  const removed = await tx<ImageUpdaterRow>('image_updaters')
    .where({ instance })
    .whereNotIn('manager', managers)
    .delete();
  return removed > 0;
}

function applicationNames({
  applicationRefs,
}: ImageUpdaterResource['spec']): string[] {
  const names = (applicationRefs ?? []).map(({ namePattern }) =>
    /[*?[\]\\]/.test(namePattern) ? ANY : namePattern,
  );
  return [...new Set(names)];
}

/** What of them changes a decision: not the time of each look. */
function decisive(updaters: ImageUpdaterResource[]): string {
  return JSON.stringify(
    updaters
      .map(({ namespace, name, spec, error }) => [namespace, name, spec, error])
      .sort((a, b) => (`${a[0]}/${a[1]}` < `${b[0]}/${b[1]}` ? -1 : 1)),
  );
}
