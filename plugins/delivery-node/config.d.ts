import type { HumanDuration } from '@backstage/types';

export interface Config {
  argocd?: {
    /**
     * User name for instances without their own credentials.
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
         * The name of the instance in annotations and on pages.
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
         * The namespace in which this Argo CD runs. It applies to Applications
         * that `argocd/app-name` references without a namespace. Default
         * `argocd`.
         */
        namespace?: string;
        /**
         * Token of an account or of a project role.
         * @visibility secret
         */
        token?: string;
        /**
         * Instead of a token, the path of a file that contains it. The file is
         * read for each request, so a rotated token is used at once.
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
         * Instead of a password, the path of a file that contains it. The file
         * is read for each login.
         */
        passwordFile?: string;
        /**
         * Credentials for all changes: create, update, sync, roll back, delete,
         * run actions, create tokens. Reads never use them. By default, the
         * instance's credentials are used for both.
         */
        write?: {
          /**
           * @visibility secret
           */
          token?: string;
          /**
           * The path of a file that contains the token.
           */
          tokenFile?: string;
          username?: string;
          /**
           * @visibility secret
           */
          password?: string;
          /**
           * The path of a file that contains the password.
           */
          passwordFile?: string;
        };
        /**
         * Instead of a token, one for each project, of a role of the project:
         * for a managed Argo CD, whose account tokens last hours. Only
         * applications of these projects are seen. A project that can't be read
         * doesn't affect the others.
         */
        projectTokens?: Array<{
          project: string;
          /**
           * @visibility secret
           */
          token?: string;
          /**
           * The path of a file that contains the token. The file is read for
           * each request.
           */
          tokenFile?: string;
          /**
           * Another token of the project, for all changes.
           */
          write?: {
            /**
             * @visibility secret
             */
            token?: string;
            /**
             * The path of a file that contains the token.
             */
            tokenFile?: string;
          };
        }>;
        /**
         * Certificate authorities for this instance, as PEM text or the path of
         * a file, in addition to those that Node trusts and those of
         * NODE_EXTRA_CA_CERTS.
         */
        ca?: string;
      }>;
    }>;
  };
  aws?: {
    locator?: {
      /**
       * Where to search for repositories that entities reference by tags, as
       * for the AWS plugins for Backstage: each account in each region.
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
  kubernetes?: {
    /**
     * The clusters of Backstage's Kubernetes plugin. Landfall reads those that
     * `delivery.imageUpdater.kubernetes` names.
     */
    clusterLocatorMethods?: Array<{
      /**
       * `config`: the clusters are listed here. Landfall finds no others.
       */
      type: string;
      clusters?: Array<{
        name: string;
        /**
         * Base URL of the Kubernetes API.
         */
        url: string;
        /**
         * Landfall supports `serviceAccount` only. It may be in `authMetadata`
         * instead, as `kubernetes.io/auth-provider`.
         */
        authProvider?: string;
        authMetadata?: { [key: string]: string };
        /**
         * Without it, the token of the pod's own service account is used.
         * @visibility secret
         */
        serviceAccountToken?: string;
        /**
         * Certificate authorities in PEM, in Base64.
         */
        caData?: string;
        /**
         * Path of a file with certificate authorities in PEM.
         */
        caFile?: string;
        /**
         * Accepts any certificate. Default: false.
         */
        skipTLSVerify?: boolean;
      }>;
    }>;
  };
  delivery?: {
    registry?: {
      /**
       * How long a response of a registry, or of AWS for credentials, may
       * stall. At least 1 second, default 30 seconds.
       */
      requestTimeout?: HumanDuration | string;
    };
    /**
     * Image registries other than Amazon's own hosts, which need no entry:
     * mirrors, proxies and stand-ins of ECR under other hosts, and registries
     * with the OCI distribution API, such as GHCR or Harbor.
     */
    registries?: Array<{
      /**
       * As in image references, with the port if there is one.
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
       * Of type `oci`: base URL of its API, if it isn't `https://<host>`. It
       * may use http for a loopback address only.
       */
      url?: string;
      /**
       * Of type `oci`: the host of the token server that may receive the
       * credentials, with the port if there is one. Default: any host in the
       * registry's own domain, such as `auth.docker.io` for
       * `registry-1.docker.io`.
       */
      tokenHost?: string;
      /**
       * Of type `oci`, together with `password`. Without credentials, the
       * registry is read anonymously.
       */
      username?: string;
      /**
       * Of type `oci`: password or access token of the user.
       * @visibility secret
       */
      password?: string;
      /**
       * Of type `oci`: instead of both, a bearer token that is sent to the
       * registry unchanged.
       * @visibility secret
       */
      token?: string;
    }>;
    /**
     * Limits for fetches from and pushes to the Git hosts of `integrations`.
     */
    git?: {
      /**
       * How long a response of a host may stall; default 60 s.
       */
      idleTimeout?: HumanDuration | string;
      /**
       * How long a whole fetch, push or listing may take; default 5 minutes.
       */
      timeout?: HumanDuration | string;
      /**
       * Maximum size of a response, in millions of bytes; default 50. A
       * response contains the files of a branch only from hosts without partial
       * clones.
       */
      maxMegabytes?: number;
    };
  };
}
