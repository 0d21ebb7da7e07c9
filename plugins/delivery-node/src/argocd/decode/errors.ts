import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';

/**
 * An application that Argo CD sent and that can't be read: something that makes
 * it an application is missing, or a known field has another type. Others are
 * read all the same.
 *
 * @public
 */
export class UndecodableApplicationError extends Error {
  override name = 'UndecodableApplicationError';
  /** Paths of the fields, such as `status.summary.images`; empty for what is no object. */
  readonly fields: string[];

  constructor(
    /** Name of the instance in the configuration. */
    readonly instance: string,
    /** Which application it is, if at least that can be read. */
    readonly ref: ApplicationRef | undefined,
    cause: z.ZodError,
  ) {
    super(
      `${
        ref
          ? `The application ${ref.namespace}/${ref.name}`
          : 'An application without a name'
      } of Argo CD '${instance}' can't be read: ${z.prettifyError(cause)}`,
      { cause },
    );
    this.fields = cause.issues
      .filter(({ path }) => path.length > 0)
      .map(({ path }) => path.map(String).join('.'));
  }
}
