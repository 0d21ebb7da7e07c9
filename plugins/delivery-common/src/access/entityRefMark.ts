import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Application } from '../model/application';

/**
 * The annotation of an Argo CD Application, and the tag of an ECR repository,
 * that holds the full ref of the catalog entity it belongs to, such as
 * `component:default/api`.
 *
 * On an Application it may also be a label. The values of labels can't hold
 * `:` and `/`, so it is written `component.default.api` there. Where both are
 * present, the annotation counts.
 *
 * @public
 */
export const ENTITY_REF_MARK = 'landfall.io/entity-ref';

/**
 * What an Application says about the entity it belongs to. `malformed`: it is
 * marked, but the value isn't a full entity ref.
 *
 * @public
 */
export type EntityRefMark =
  | { kind: 'absent' }
  | { kind: 'malformed' }
  | {
      kind: 'entity';
      /** Full ref in lower case, as `stringifyEntityRef` returns it. */
      ref: string;
    };

/** Only ASCII, so that no other letter becomes one of these in lower case. */
const KIND = '[a-zA-Z][a-zA-Z0-9]*';
const NAMESPACE = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const NAME = '[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?';
const REF = new RegExp(`^(${KIND}):(${NAMESPACE})/(${NAME})$`);
/** Unambiguous, as neither a kind nor a namespace can hold a dot. */
const LABEL = new RegExp(`^(${KIND})\\.(${NAMESPACE})\\.(${NAME})$`);

/**
 * Reads the mark of an Application. Never throws.
 *
 * @public
 */
export function readEntityRefMark(
  application: Pick<Application, 'annotations' | 'labels'>,
): EntityRefMark {
  const { annotations, labels } = application;
  if (Object.hasOwn(annotations, ENTITY_REF_MARK)) {
    return toMark(REF.exec(annotations[ENTITY_REF_MARK].trim()));
  }
  return Object.hasOwn(labels, ENTITY_REF_MARK)
    ? toMark(LABEL.exec(labels[ENTITY_REF_MARK]))
    : { kind: 'absent' };
}

function toMark(match: RegExpExecArray | null): EntityRefMark {
  if (!match) {
    return { kind: 'malformed' };
  }
  const [, kind, namespace, name] = match;
  return { kind: 'entity', ref: stringifyEntityRef({ kind, namespace, name }) };
}
