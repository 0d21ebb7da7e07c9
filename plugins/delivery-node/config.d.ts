import type { HumanDuration } from '@backstage/types';

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
         * The namespace in which this Argo CD runs: where the Applications are
         * that `argocd/app-name` names without a namespace. Default `argocd`.
         */
        namespace?: string;
        /**
         * Token of an account or of a project role.
         * @visibility secret
         */
        token?: string;
        /**
         * Instead of a token, the path of a file that holds it. The file is read for
         * each request, so a rotated token is used at once.
         */
        tokenFile?: string;
        /**
         * Instead of a token.
         */
        username?: string;
        /**
         * @visibility secret
         */
        password?: string;
        /**
         * Instead of a password, the path of a file that holds it. The file is read
         * for each login.
         */
        passwordFile?: string;
        /**
         * Credentials for everything that changes something: create, update, sync,
         * roll back, delete, run actions, make tokens. Reads never use them. Without,
         * those of the instance are used for both.
         */
        write?: {
          /**
           * @visibility secret
           */
          token?: string;
          /**
           * The path of a file that holds the token.
           */
          tokenFile?: string;
          username?: string;
          /**
           * @visibility secret
           */
          password?: string;
          /**
           * The path of a file that holds the password.
           */
          passwordFile?: string;
        };
        /**
         * Certificate authorities for this instance, as text in PEM or as the path
         * of a file. Those that Node trusts stay valid, with NODE_EXTRA_CA_CERTS.
         */
        ca?: string;
      }>;
    }>;
  };
  aws?: {
    locator?: {
      /**
       * Where repositories are searched that entities name by their tags, as the
       * AWS plugins for Backstage have it: each account in each region.
       */
      resourceTaggingApi?: {
        /**
         * 12 digits, in quotes. Default: the main account.
         */
        accounts?: string[];
        /**
         * Default: that of `aws.mainAccount`, or the SDK's own.
         */
        regions?: string[];
      };
    };
  };
  delivery?: {
    registry?: {
      /**
       * How long a registry, or AWS where it gives credentials, may keep a request
       * waiting without a byte of its answer. At least 1 second, default 30
       * seconds.
       */
      requestTimeout?: HumanDuration | string;
    };
    /**
     * Image registries that aren't Amazon's own, which need no entry: mirrors,
     * proxies and stand-ins of ECR whose hosts in image references are others,
     * and registries that speak the OCI distribution API, such as GHCR or Harbor.
     */
    registries?: Array<{
      /**
       * As in image references, with a port where there is one.
       */
      host: string;
      type: 'ecr' | 'oci';
      /**
       * Of type `ecr`: the AWS account, 12 digits in quotes.
       */
      accountId?: string;
      /**
       * Of type `ecr`.
       */
      region?: string;
      /**
       * Of type `oci`: base URL of its API, if it isn't `https://<host>`. Only for
       * a loopback address, it may be http.
       */
      url?: string;
      /**
       * Of type `oci`: the host of the token server that the registry may send the
       * credentials to, with a port where there is one. Default: any host of the
       * registry's own domain, as `auth.docker.io` is for `registry-1.docker.io`.
       */
      tokenHost?: string;
      /**
       * Of type `oci`: with a password. Without credentials, it is read
       * anonymously.
       */
      username?: string;
      /**
       * Of type `oci`: password or access token of the user.
       * @visibility secret
       */
      password?: string;
      /**
       * Of type `oci`: instead of both, a bearer token that the registry's API
       * takes as it is.
       * @visibility secret
       */
      token?: string;
    }>;
    /**
     * Limits of what is fetched from and pushed to the Git hosts of `integrations`.
     */
    git?: {
      /**
       * How long a host may be silent in the middle of an answer; default 60 s.
       */
      idleTimeout?: HumanDuration | string;
      /**
       * How long a whole fetch, push or listing may take; default 5 minutes.
       */
      timeout?: HumanDuration | string;
      /**
       * The most that one answer may hold, in millions of bytes; default 50. An
       * answer holds the files of a branch only on hosts without partial clones.
       */
      maxMegabytes?: number;
    };
  };
}
