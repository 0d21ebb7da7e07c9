import type {
  ApplicationRef,
  ImageUpdaterResource,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type {
  ApplicationRow,
  ImageUpdaterPatternRow,
  ImageUpdaterRow,
  UnreadableResourceRow,
} from '../rows';
import { kubernetesKey } from '../applicationKey';
import { scopes } from '../scopes';
import { isKeyText, MAX_BYTES } from '../text';
import { chunked } from './chunked';
import { insertRows } from './insertRows';
import { lockImageUpdaters } from './locks';
import { bumpVersions } from './storeVersions';
import { whereAny } from './whereAny';

/** Stored in place of a glob, which may match any name. */
const ANY = '';

/** @internal */
export interface StoredImageUpdater {
  instance: string;
  updater: ImageUpdaterResource;
}

/**
 * The stored ImageUpdaters that may select an application, judging by its name.
 *
 * @internal
 */
export function imageUpdatersFor(
  stored: StoredImageUpdater[],
  { instance, namespace, name }: ApplicationRef,
): ImageUpdaterResource[] {
  return stored.flatMap(({ instance: of, updater }) => {
    const names = applicationNames(updater.spec);
    const isMeant =
      of === instance &&
      updater.namespace === namespace &&
      (names.includes(name) || names.includes(ANY));
    return isMeant ? [updater] : [];
  });
}

/**
 * The applications that some ImageUpdaters of an instance may select, judging by
 * their names.
 *
 * @internal
 */
export async function findSelectedBy(
  knex: Knex,
  instance: string,
  updaters: ImageUpdaterResource[],
): Promise<ApplicationRef[]> {
  const found: ApplicationRef[] = [];
  for (const namespace of new Set(updaters.map(one => one.namespace))) {
    const names = updaters
      .filter(one => one.namespace === namespace)
      .flatMap(({ spec }) => applicationNames(spec));
    const groups = names.includes(ANY)
      ? [undefined]
      : chunked([...new Set(names)]);
    for (const some of groups) {
      const query = knex<ApplicationRow>('applications')
        .where({ instance, namespace })
        .whereNull('gone_at')
        .select('instance', 'namespace', 'name');
      found.push(...(await (some ? query.whereIn('name', some) : query)));
    }
  }
  return found;
}

/**
 * The ImageUpdaters that may select some applications: those that list the name
 * of one, and those with a glob.
 *
 * @internal
 */
export async function readImageUpdaters(
  knex: Knex,
  refs: ApplicationRef[],
): Promise<StoredImageUpdater[]> {
  if (refs.length === 0) {
    return [];
  }
  const query: Knex.QueryBuilder = knex('image_updater_patterns as pattern')
    .whereIn('pattern.instance', [...new Set(refs.map(ref => ref.instance))])
    .whereIn('pattern.namespace', [...new Set(refs.map(ref => ref.namespace))])
    .join('image_updaters as updater', join =>
      join
        .on('updater.instance', 'pattern.instance')
        .on('updater.namespace', 'pattern.namespace')
        .on('updater.name', 'pattern.name'),
    )
    .select('updater.*');
  whereAny(knex, query, 'pattern.application', [
    ...refs.map(({ name }) => name),
    ANY,
  ]);
  const rows: ImageUpdaterRow[] = await query;
  const found = new Map(
    rows.map(row => [`${row.instance}/${row.namespace}/${row.name}`, row]),
  );
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { instance, document }]) => ({
      instance,
      updater: JSON.parse(document),
    }));
}

/**
 * Replaces the stored ImageUpdaters of a managing application, or all those that
 * Kubernetes has. Each resource is stored once: while Kubernetes can be read, it
 * decides. Resources with names that Kubernetes doesn't allow are left out.
 *
 * @internal
 * @returns those that changed, before and after; a new check time is no change
 */
export async function replaceImageUpdaters(
  tx: Knex.Transaction,
  options: {
    instance: string;
    /** Key of the application that manages them, or `kubernetesKey`. */
    manager: string;
    updaters: ImageUpdaterResource[];
  },
): Promise<ImageUpdaterResource[]> {
  const { instance, manager } = options;
  await lockImageUpdaters(tx, [instance], 'exclusive');
  const taken = await readTaken(tx, instance, manager);
  const updaters = options.updaters.filter(
    updater => isStorable(updater) && !taken.has(nameOf(updater)),
  );
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
  await insertRows<ImageUpdaterRow>(tx, 'image_updaters', rows, {
    columns: ['instance', 'namespace', 'name'],
    then: 'merge',
  });
  const patterns = updaters.flatMap(({ namespace, name, spec }) =>
    applicationNames(spec).map(application => ({
      instance,
      namespace,
      name,
      application,
    })),
  );
  await insertRows<ImageUpdaterPatternRow>(
    tx,
    'image_updater_patterns',
    patterns,
    {
      columns: ['instance', 'namespace', 'application', 'name'],
      then: 'ignore',
    },
  );
  if (documentsOf(before) !== documentsOf(rows)) {
    await bumpVersions(tx, [scopes.imageUpdaters(instance)]);
  }
  return changed(
    before.map(({ document }) => JSON.parse(document)),
    updaters,
  );
}

/** The resources that are stored as Kubernetes has them, if it can be read. */
async function readTaken(
  tx: Knex.Transaction,
  instance: string,
  manager: string,
): Promise<Set<string>> {
  const key = kubernetesKey(instance);
  if (manager === key) {
    return new Set();
  }
  const rows = await tx<ImageUpdaterRow>('image_updaters')
    .where({ instance, manager: key })
    .select('namespace', 'name');
  if (rows.length === 0) {
    return new Set();
  }
  const unreadable = await tx<UnreadableResourceRow>('unreadable_resources')
    .where({ application_key: key, kind: 'image-updaters' })
    .first('reason');
  return new Set(unreadable ? [] : rows.map(nameOf));
}

function nameOf({ namespace, name }: { namespace: string; name: string }) {
  return `${namespace}/${name}`;
}

/**
 * Deletes the ImageUpdaters of all managing applications except these.
 *
 * @internal
 * @returns the deleted resources
 */
export async function keepManagers(
  tx: Knex.Transaction,
  instance: string,
  managers: readonly string[],
): Promise<ImageUpdaterResource[]> {
  const kept = new Set(managers);
  await lockImageUpdaters(tx, [instance], 'exclusive');
  const stored: string[] = await tx<ImageUpdaterRow>('image_updaters')
    .where({ instance })
    .distinct()
    .pluck('manager');
  const lost = stored.filter(manager => !kept.has(manager)).sort();
  const rows: Pick<ImageUpdaterRow, 'document'>[] = [];
  for (const chunk of chunked(lost)) {
    const ofLost = () =>
      tx<ImageUpdaterRow>('image_updaters')
        .where({ instance })
        .whereIn('manager', chunk);
    rows.push(...(await ofLost().select('document')));
    await ofLost().delete();
  }
  if (rows.length > 0) {
    await bumpVersions(tx, [scopes.imageUpdaters(instance)]);
  }
  return rows.map(({ document }) => JSON.parse(document));
}

function documentsOf(rows: Pick<ImageUpdaterRow, 'document'>[]): string {
  return rows
    .map(({ document }) => document)
    .sort()
    .join();
}

/** The names and globs in a spec, without names that no application can have. */
function applicationNames({
  applicationRefs,
}: ImageUpdaterResource['spec']): string[] {
  const names = (applicationRefs ?? []).map(({ namePattern }) =>
    /[*?[\]\\]/.test(namePattern) ? ANY : namePattern,
  );
  return [...new Set(names)].filter(name => isKeyText(name, MAX_BYTES.name));
}

function isStorable({ namespace, name }: ImageUpdaterResource): boolean {
  return (
    isKeyText(namespace, MAX_BYTES.namespace) && isKeyText(name, MAX_BYTES.name)
  );
}

/** The resources that differ in more than the time of their last check. */
function changed(
  before: ImageUpdaterResource[],
  after: ImageUpdaterResource[],
): ImageUpdaterResource[] {
  const [old, current] = [before, after].map(
    updaters => new Map(updaters.map(one => [decisive(one), one])),
  );
  return [
    ...[...old].filter(([key]) => !current.has(key)),
    ...[...current].filter(([key]) => !old.has(key)),
  ].map(([, updater]) => updater);
}

function decisive({
  namespace,
  name,
  spec,
  error,
}: ImageUpdaterResource): string {
  return JSON.stringify([namespace, name, spec, error]);
}
