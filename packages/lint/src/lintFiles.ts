import {
  decodeLintedResource,
  type LintedResource,
  lintSettings,
} from '@landfall/backstage-plugin-delivery-common';
import type { InputFile } from './input/readFiles';
import { resourcesIn, type YamlResource } from './input/YamlFile';
import { lintTemplate } from './template/lintTemplate';
import type {
  Finding,
  InputError,
  LocatedFinding,
  Place,
  Report,
} from './types';

/** A resource with the place that it was read from. */
interface Found {
  decoded: LintedResource;
  resource: YamlResource;
}

/**
 * Lints all resources of some files together, so an Application and its
 * ImageUpdater can be in different ones. Never throws.
 */
export function lintFiles(
  files: readonly InputFile[],
  options: { namespace: string },
): Report {
  const found: Found[] = [];
  const errors: InputError[] = [];
  for (const file of files) {
    const read = resourcesIn(file);
    errors.push(...read.errors);
    for (const resource of read.resources) {
      const decoded = decodeLintedResource(resource.value, options.namespace);
      if (decoded && 'message' in decoded) {
        const { path, message } = decoded;
        errors.push({ ...resource.locate(path), message });
      } else if (decoded) {
        found.push({ decoded, resource });
      }
    }
  }
  const count = (kind: LintedResource['kind']) =>
    found.filter(({ decoded }) => decoded.kind === kind).length;
  const findings = new Map(
    clusters(found)
      .flatMap(findingsIn)
      .map(finding => [JSON.stringify(finding), finding]),
  );
  return {
    findings: [...findings.values()].sort(
      (a, b) =>
        compare(a.location.file, b.location.file) ||
        (a.location.region?.startLine ?? 0) -
          (b.location.region?.startLine ?? 0),
    ),
    errors,
    applications: count('Application'),
    applicationSets: count('ApplicationSet'),
    imageUpdaters: count('ImageUpdater'),
  };
}

/**
 * Resources that can exist beside each other. Folders of several clusters
 * contain resources with the same name; each cluster then gets one of them.
 */
function clusters(found: readonly Found[]): Map<string, Found>[] {
  const byKey = new Map<string, Found[]>();
  for (const each of found) {
    const key = keyOf(placeOf(each.decoded));
    byKey.set(key, [...(byKey.get(key) ?? []), each]);
  }
  const total = Math.max(0, ...[...byKey.values()].map(all => all.length));
  return Array.from(
    { length: total },
    (_, index) =>
      new Map(
        [...byKey].flatMap(([key, all]): [string, Found][] => {
          const each = all.at(Math.min(index, all.length - 1));
          return each ? [[key, each]] : [];
        }),
      ),
  );
}

function findingsIn(cluster: ReadonlyMap<string, Found>): LocatedFinding[] {
  const all = [...cluster.values()].map(({ decoded }) => decoded);
  const subject = {
    updaters: all.flatMap(each =>
      each.kind === 'ImageUpdater' ? [each.updater] : [],
    ),
    isPartial: true,
  };
  const applications = all.flatMap(each =>
    each.kind === 'Application' ? [each.application] : [],
  );
  const found: Finding[] = [
    ...lintSettings({ ...subject, applications }),
    ...all.flatMap(each =>
      each.kind === 'ApplicationSet'
        ? lintTemplate(each.applicationSet, subject)
        : [],
    ),
  ];
  return found.flatMap(finding => {
    const { place } = finding;
    const resource = cluster.get(keyOf(place))?.resource;
    return resource
      ? [{ ...finding, location: resource.locate(place.path) }]
      : [];
  });
}

type Name = Pick<Place, 'kind' | 'namespace' | 'name'>;

function placeOf(decoded: LintedResource): Name {
  switch (decoded.kind) {
    case 'Application':
      return { kind: decoded.kind, ...decoded.application.metadata };
    case 'ApplicationSet':
      return { kind: decoded.kind, ...decoded.applicationSet };
    default:
      return { kind: decoded.kind, ...decoded.updater };
  }
}

function keyOf({ kind, namespace, name }: Name): string {
  return JSON.stringify([kind, namespace, name]);
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
