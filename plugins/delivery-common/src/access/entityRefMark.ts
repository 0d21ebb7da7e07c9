/**
 * The annotation of an Argo CD Application, and the tag of an ECR repository,
 * that holds the full ref of the catalog entity it belongs to, such as
 * `component:default/api`.
 *
 * @public
 */
export const ENTITY_REF_MARK = 'landfall.io/entity-ref';
