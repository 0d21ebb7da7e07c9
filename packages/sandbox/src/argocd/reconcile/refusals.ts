import { asArray, at } from '../json';
import { groupOf, versionOf } from '../manifest';
import type { Manifest } from '../types';

/** Whether one of the definitions defines a kind. */
export function definesKind(
  definitions: Manifest[],
  group: string,
  kind: string,
): boolean {
  return definitions.some(
    manifest =>
      manifest.kind === 'CustomResourceDefinition' &&
      at(manifest, 'spec', 'group') === group &&
      at(manifest, 'spec', 'names', 'kind') === kind,
  );
}

/** Argo CD's message for an object of a kind that the cluster doesn't know. */
export function unknownKindMessage({
  apiVersion,
  kind,
  metadata,
}: Manifest): string {
  return `The Kubernetes API could not find ${groupOf(
    apiVersion,
  )}/${kind} for requested resource ${metadata.namespace}/${
    metadata.name
  }. Make sure the "${kind}" CRD is installed on the destination cluster.`;
}

/**
 * Argo CD's message for the whole sync in that case; it includes the first such
 * object.
 */
export function undiscoveredMessage({ apiVersion }: Manifest): string {
  return `one or more synchronization tasks are not valid: failed to discover server resources for group version ${groupOf(
    apiVersion,
  )}/${versionOf(
    apiVersion,
  )}: the server could not find the requested resource`;
}

/**
 * The API server's error for an object that is invalid in itself; undefined if
 * the object is valid.
 */
export function invalidity(manifest: Manifest): string | undefined {
  const { kind } = manifest;
  const { name } = manifest.metadata;
  if (!/^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/.test(name)) {
    return `${kind} "${name}" is invalid: metadata.name: Invalid value: "${name}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`;
  }
  const badPort = asArray(at(manifest, 'spec', 'ports'))
    .map((port, i) => ({ value: at(port, 'port'), i }))
    .find(
      ({ value }) => typeof value === 'number' && (value < 1 || value > 65535),
    );
  return kind === 'Service' && badPort
    ? `Service "${name}" is invalid: spec.ports[${badPort.i}].port: Invalid value: ${badPort.value}: must be between 1 and 65535, inclusive`
    : undefined;
}
