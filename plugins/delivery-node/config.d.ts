export interface Config {
  argocd?: {
    /**
     * Signs in to the instances that have no credentials of their own.
     */
    username?: string;
    /**
     * @visibility secret
     */
    password?: string;
    /**
     * Base URL for links to Argo CD in a setup with a single instance that has no
     * `frontendUrl`.
     */
    baseUrl?: string;
    /**
     * Where the Argo CD instances are found.
     */
    appLocatorMethods?: Array<{
      /**
       * `config`: the instances are listed here.
       */
      type: string;
      instances?: Array<{
        /**
         * How the instance is called in annotations and on pages.
         */
        name: string;
        /**
         * Base URL of Argo CD's API.
         */
        url: string;
        /**
         * Base URL for links, if people reach Argo CD by another one.
         */
        frontendUrl?: string;
        /**
         * Token of an account or of a project role.
         * @visibility secret
         */
        token?: string;
        /**
         * Instead of a token.
         */
        username?: string;
        /**
         * @visibility secret
         */
        password?: string;
        /**
         * Certificate authorities for this instance, as text in PEM or as the path
         * of a file. The well-known ones stay valid.
         */
        ca?: string;
      }>;
    }>;
  };
  delivery?: {
    /**
     * Image registries whose hosts in image references are not Amazon's names of
     * ECR registries: mirrors, proxies and stand-ins. Amazon's own need no entry.
     */
    registries?: Array<{
      /**
       * As in image references, with a port where there is one.
       */
      host: string;
      type: 'ecr';
      /**
       * The AWS account, 12 digits in quotes.
       */
      accountId: string;
      region: string;
    }>;
  };
}
