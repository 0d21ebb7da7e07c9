import type { HumanDuration } from '@backstage/types';

export interface Config {
  delivery?: {
    /**
     * The environments, in the order in which pages show them. By default, an
     * application's environment is its label `environment` or `env`, or else
     * its destination namespace.
     */
    environments?: Array<{
      name: string;
      /**
       * Which applications belong to it: all conditions must hold, and the
       * first matching environment counts. Without conditions: those with its
       * name as their environment.
       */
      match?: {
        labels?: { [label: string]: string };
        project?: string;
        /** Destination namespace. */
        namespace?: string;
        /** Destination cluster, by its name or server URL. */
        cluster?: string;
        /** Name of the application; `*` stands for any characters. */
        name?: string;
      };
    }>;
    /**
     * Which applications and repositories an entity may show. Its annotations are
     * a claim, not a proof.
     */
    access?: {
      /**
       * `permissive` (default): users who see an entity see what its
       * annotations claim. `strict`: they see only what is proven, by the mark
       * `landfall.io/entity-ref` on the Application or by `projects`.
       */
      read?: 'permissive' | 'strict';
      /**
       * Changing an application always requires a proof; there is no other
       * value.
       */
      write?: 'strict';
      /**
       * AppProjects whose Applications belong to some owners.
       */
      projects?: Array<{
        /**
         * Name of the AppProject.
         */
        project: string;
        /**
         * Name of the Argo CD instance; by default, the project applies to all.
         */
        instance?: string;
        /**
         * Entity refs, such as `group:default/shop`; without a kind, a group.
         */
        owners: string[];
      }>;
      /**
       * Repositories of Amazon ECR that the annotations of entities may
       * reference. With entries, they may reference no others, even with
       * `permissive`. Their accounts count as configured, as in `aws.accounts`.
       */
      repositories?: Array<{
        /**
         * 12 digits, in quotes.
         */
        accountId: string;
        /**
         * By default any.
         */
        region?: string;
        /**
         * Patterns such as `shop/*`; `*` doesn't match `/`.
         */
        names: string[];
        /**
         * Only entities of these owners may reference them; by default all may.
         */
        owners?: string[];
      }>;
    };
    /**
     * Watching the applications of Argo CD.
     */
    watch?: {
      /**
       * A stream without an event or a heartbeat for this long is reopened.
       * Argo CD sends a heartbeat every 15 seconds, so it must be longer than
       * that, unless a proxy in between sends its own. At least 1 second,
       * default 30 seconds.
       */
      silenceTimeout?: HumanDuration | string;
      /**
       * Time between two lists of all applications, which find changes that no
       * event reported: Argo CD drops events of a stream that can't keep up. At
       * least 5 seconds, default 5 minutes.
       */
      relistInterval?: HumanDuration | string;
      /**
       * How long a list of all applications may take in total. It may have
       * hundreds of megabytes. At least 1 second, default 10 minutes.
       */
      listTimeout?: HumanDuration | string;
      /**
       * How long a list may stall, also before its first byte: Argo CD
       * assembles the whole response first. At least 1 second, default 30
       * seconds.
       */
      listIdleTimeout?: HumanDuration | string;
    };
    /**
     * Which of several replicas watches an Argo CD instance or reads the
     * registries.
     */
    leases?: {
      /**
       * How long after a replica dies or stalls another one takes over. Each
       * takeover reads all applications again, so this should be longer than
       * any stall of the process. A replica that is stopped is always replaced
       * within about 2 seconds. At least 3 seconds, default 20 seconds.
       */
      duration?: HumanDuration | string;
    };
    /**
     * Reading image registries.
     */
    registry?: {
      /**
       * Time between two reads of an image repository. Events trigger a read at
       * once; regular reads find images whose event was lost. At least 10
       * seconds, default 5 minutes.
       */
      pollInterval?: HumanDuration | string;
      /**
       * Time limit for reading all images of a repository. A read that exceeds
       * it fails and is retried later. At least 1 second, default 2 minutes.
       */
      readTimeout?: HumanDuration | string;
    };
    /**
     * The Argo CD Image Updater.
     */
    imageUpdater?: {
      /**
       * The Image Updater's `--interval`. A version that it hasn't committed
       * after three intervals is shown as overdue. Its resources are read twice
       * per interval, at least every minute. At least 1 second; the default of
       * 2 minutes is that of the Image Updater.
       */
      interval?: HumanDuration | string;
      /**
       * The platform that it runs on, as `os/architecture`: the strategies
       * `newest-build` and `digest` consider only images for it, unless a
       * policy sets a platform. Default `linux/amd64`.
       */
      platform?: string;
      /**
       * Reads ImageUpdaters from the Kubernetes API, besides those that an
       * application of Argo CD manages: for ImageUpdaters applied by `kubectl`,
       * Terraform or another Argo CD. Default: none. The README lists the rights
       * that it needs.
       */
      kubernetes?: Array<{
        /**
         * The name of the instance in `argocd.appLocatorMethods`, at most one
         * entry for each. ImageUpdaters select applications in their own cluster,
         * so it is the cluster that this Argo CD runs in.
         */
        instance: string;
        /**
         * The name of a cluster in `kubernetes.clusterLocatorMethods` with the
         * type `config` and the auth provider `serviceAccount`. Default: the
         * cluster that Landfall runs in, with the service account of its pod.
         */
        cluster?: string;
        /**
         * The namespaces to read. Default: all.
         */
        namespaces?: string[];
      }>;
    };
    /**
     * Events from other systems.
     */
    events?: {
      ecr?: {
        /**
         * The shared secret that EventBridge sends as the header
         * `x-landfall-token` to `POST /api/events/http/aws.ecr`. Without it that
         * endpoint does not exist.
         * @visibility secret
         */
        token?: string;
      };
      /**
       * Accepts notifications of Argo CD instances as refresh requests for
       * single applications: `POST
       * /api/delivery/v1/webhooks/argocd/<instance>`. Each entry has either a
       * token or an HMAC secret.
       */
      argocd?: Array<{
        /**
         * The name of the instance in `argocd.appLocatorMethods`.
         */
        instance: string;
        /**
         * The shared secret, at least 16 characters, which the webhook service
         * of argocd-notifications sends in a header.
         * @visibility secret
         */
        token?: string;
        /**
         * The header that contains the token, by default `x-landfall-token`. In
         * `authorization`, it is preceded by `Bearer `.
         */
        header?: string;
        /**
         * Instead of a token, if a relay in between signs the body: the key of
         * the HMAC-SHA256 in the header `x-hub-signature-256`, at least 16
         * characters.
         * @visibility secret
         */
        hmacSecret?: string;
      }>;
    };
    /**
     * What people may do with applications: refresh, sync, roll back, promote.
     */
    actions?: {
      /**
       * Whether people can act. Each action also needs its permission for the
       * entity, and an application that provably is the entity's own. Default: true
       * if `permission.enabled` is, since otherwise everybody who has signed in
       * could act on what belongs to any entity.
       */
      enabled?: boolean;
      /**
       * Environments whose actions wait for the approval of a second person, for a
       * day at most. Refreshing, terminating, aborting a Rollout and dry runs don't
       * wait.
       */
      approvals?: Array<{
        /**
         * The name of an environment, as in `delivery.environments`.
         */
        environment: string;
        /**
         * Refs of users and groups. Every one of them, and every member of a group,
         * may approve what somebody else asked for. A ref without a kind is a
         * group.
         */
        approvers: string[];
      }>;
    };
    /**
     * Notifications to the owners of entities.
     */
    notifications?: {
      /**
       * Whether owners are notified when a promotion fails, recovers, is rolled
       * back, or waits for somebody, and approvers when an action waits for
       * them. People can switch each kind off in
       * Backstage's settings. Needs `@backstage/plugin-notifications-backend`.
       * Default false.
       */
      enabled?: boolean;
      /**
       * One notification instead of many.
       */
      digest?: {
        /**
         * Whoever would get more notifications of one kind at once gets a single
         * one with their number. Default 5.
         */
        above?: number;
        /**
         * How long a notification waits for others, at most 15 minutes. With 0
         * seconds, none waits. Default 1 minute.
         */
        window?: HumanDuration | string;
      };
    };
    /**
     * What is kept in memory to answer page views.
     */
    cache?: {
      /**
       * How long it counts that a caller may see an entity, and details of Argo
       * CD instances. A permission that is taken back still counts for as long.
       * At most 1 minute; 0 seconds: the catalog and the permission policy are
       * asked for each request. Default 5 seconds.
       */
      authorization?: HumanDuration | string;
      /**
       * The most that answers are kept of, by their size as JSON. Each use checks
       * that the data they were made from hasn't changed. 0: none is kept.
       * Default 64.
       */
      maxMegabytes?: number;
    };
    /**
     * How long old data is kept.
     */
    retention?: {
      /**
       * Promotions that ended longer ago are deleted, and so is the data of
       * applications and images that have been gone for as long. Default 400
       * days.
       */
      promotions?: HumanDuration | string;
    };
  };
}
