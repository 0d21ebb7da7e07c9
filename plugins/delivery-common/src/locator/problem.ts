/**
 * A problem with an entity's annotations, or with what they reference, that
 * somebody has to fix.
 *
 * @public
 */
export interface EntityProblem<Code extends string = string> {
  code: Code;
  /** A sentence for anybody who sees the entity. */
  message: string;
  /** What to do, in a sentence. */
  advice: string;
  /**
   * More detail, for callers with the permission `delivery.instances.read`:
   * addresses, role ARNs, or names that don't belong to the entity.
   */
  detail?: string;
}

/**
 * A problem with the annotations that reference Argo CD Applications.
 *
 * @public
 */
export type ApplicationProblem = EntityProblem<
  | 'annotation-too-long'
  | 'too-many'
  | 'name-malformed'
  | 'instance-unknown'
  | 'applications-withheld'
>;

/**
 * A problem with the annotations that reference repositories, or with the
 * repositories of an entity.
 *
 * @public
 */
export type RepositoryProblem = EntityProblem<
  | 'arn-malformed'
  | 'tags-malformed'
  | 'annotation-too-long'
  | 'too-many'
  | 'repository-not-allowed'
  | 'nothing-tagged'
  | 'search-failed'
  | 'account-not-configured'
  | 'read-failed'
>;
