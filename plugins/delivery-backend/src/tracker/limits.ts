import type {
  Application,
  KnownRevision,
} from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';
import { isSortableTime, MAX_BYTES, quoted, textProblem } from '../store/text';

/**
 * Why an application can't be stored, as a sentence without a full stop, such as
 * `spec.project is 300 bytes long; at most 253 can be stored`. Undefined if it
 * can. Only the fields by which applications are found have limits.
 *
 * @internal
 */
export function applicationProblem({
  ref,
  project,
  resourceVersion = '',
  labels,
}: Application): string | undefined {
  return firstProblem([
    ['metadata.namespace', ref.namespace, MAX_BYTES.namespace],
    ['metadata.name', ref.name, MAX_BYTES.name],
    ['metadata.resourceVersion', resourceVersion, MAX_BYTES.resourceVersion],
    ['spec.project', project, MAX_BYTES.name],
    ...Object.entries(labels).flatMap(([label, value]): Checked[] => [
      [`the key ${quoted(label)} in metadata.labels`, label, MAX_BYTES.label],
      [`metadata.labels[${quoted(label)}]`, value, MAX_BYTES.labelValue],
    ]),
  ]);
}

/**
 * Why an image can't be stored, in the form of `applicationProblem`.
 *
 * @internal
 */
export function imageProblem({
  repository,
  digest,
  tags = [],
  pushedAt,
}: Pick<RegistryImage, 'repository' | 'digest'> & Partial<RegistryImage>):
  | string
  | undefined {
  const problem = firstProblem([
    ['its repository', repository, MAX_BYTES.repository],
    ['its digest', digest, MAX_BYTES.digest],
    ...tags.map(
      (tag): Checked => [`its tag ${quoted(tag)}`, tag, MAX_BYTES.tag],
    ),
  ]);
  return (
    problem ??
    (pushedAt === undefined || isSortableTime(pushedAt)
      ? undefined
      : `the time of its push, ${quoted(pushedAt)}, isn't a time`)
  );
}

/**
 * Why the metadata of a revision can't be stored, in the form of
 * `applicationProblem`.
 *
 * @internal
 */
export function revisionProblem({
  repoUrl,
  revision,
  date,
}: Pick<KnownRevision, 'repoUrl' | 'revision' | 'date'>): string | undefined {
  return (
    firstProblem([
      ['its repository', repoUrl, MAX_BYTES.repoUrl],
      [`the revision ${quoted(revision)}`, revision, MAX_BYTES.revision],
    ]) ??
    (isSortableTime(date)
      ? undefined
      : `the date of ${quoted(revision)}, ${quoted(date)}, isn't a time`)
  );
}

type Checked = [what: string, text: string, maxBytes: number];

function firstProblem(checked: Checked[]): string | undefined {
  for (const [what, text, maxBytes] of checked) {
    const problem = textProblem(text, maxBytes);
    if (problem) {
      return `${what} ${problem}`;
    }
  }
  return undefined;
}
