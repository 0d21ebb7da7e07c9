/** A request that a registry refused, or that never reached it. */
export class RegistryRequestError extends Error {
  constructor(
    message: string,
    /** What the registry calls the error: `RepositoryNotFoundException`, `TAG_INVALID`, …; absent when it couldn't be reached or gave no code. */
    readonly code?: string,
    /** HTTP status; absent when the registry couldn't be reached. */
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RegistryRequestError';
  }
}
