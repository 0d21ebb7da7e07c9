import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';

/**
 * Argo CD sent an application that can't be decoded: an essential field is
 * missing, or a known field has another type. The other applications aren't
 * affected.
 *
 * @public
 */
export class UndecodableApplicationError extends Error {
  override name = 'UndecodableApplicationError';
  /**
   * Paths of the fields, such as `status.summary.images`; empty if the value
   * isn't an object.
   */
  readonly fields: string[];

  constructor(
    /** Name of the instance in the configuration. */
    readonly instance: string,
    /** Which application it is, if at least its identity can be decoded. */
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
