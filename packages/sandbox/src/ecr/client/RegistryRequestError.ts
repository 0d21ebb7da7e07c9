/** A request that a registry refused, or that never reached it. */
export class RegistryRequestError extends Error {
  constructor(
    message: string,
    /**
     * The registry's error code: `RepositoryNotFoundException`, `TAG_INVALID`,
     * …. Absent if the registry couldn't be reached or returned no code.
     */
    readonly code?: string,
    /** HTTP status. Absent if the registry couldn't be reached. */
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RegistryRequestError';
  }
}
