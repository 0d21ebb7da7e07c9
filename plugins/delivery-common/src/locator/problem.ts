import type { Message, MessageCatalogue, MessageParameters } from '../messages';

/** @public */
export type ProblemCode = keyof MessageCatalogue['problem'];

/**
 * A problem with an entity's annotations, or with what they reference, that
 * somebody has to fix. Its sentence is `problem.<code>` of the catalogue.
 *
 * @public
 */
export type EntityProblem<Code extends ProblemCode = ProblemCode> = {
  [C in Code]: {
    code: C;
    parameters: MessageParameters<MessageCatalogue['problem'][C]>;
    /** What to do. */
    advice: Message;
    /**
     * More detail, for callers with the permission `delivery.instances.read`:
     * addresses, role ARNs, or names that don't belong to the entity.
     */
    detail?: Message;
  };
}[Code];

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
  | 'annotation-too-long'
  | 'too-many'
  | 'arn-missing'
  | 'arn-malformed'
  | 'tags-malformed'
  | 'tags-too-long'
  | 'repository-not-allowed'
  | 'repositories-not-allowed'
  | 'nothing-tagged'
  | 'too-many-tagged'
  | 'search-failed'
  | 'account-not-configured'
  | 'read-failed'
>;
