import type { HumanDuration } from '@backstage/types';

export interface Config {
  delivery?: {
    /**
     * The environments, in the order in which pages show them. By default an
     * application is in the one that its label `environment` or `env` names,
     * else its destination namespace.
     */
    environments?: Array<{
      name: string;
      /**
       * Which applications are in it; all conditions apply together, and the
       * first environment that matches counts. Without any: those that carry
       * its name.
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
       * `permissive`, the default: what the annotations of an entity claim is shown
       * to whoever the catalog shows the entity. `strict`: only what is proven, by
       * the mark `landfall.io/entity-ref` on the Application or by `projects`.
       */
      read?: 'permissive' | 'strict';
      /**
       * What changes an application always needs a proof; there is no other value.
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
         * Name of the Argo CD instance; by default the project counts in all.
         */
        instance?: string;
        /**
         * Entity refs, such as `group:default/shop`; without a kind, a group.
         */
        owners: string[];
      }>;
      /**
       * Repositories of Amazon ECR that the annotations of entities may reference.
       * With entries, they may reference nothing else, also with `permissive`. Their
       * accounts count as configured, see `aws.accounts`.
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
       * A stream of events that brings nothing for this long, not even a
       * heartbeat, is dead and is opened again. Argo CD sends a heartbeat every
       * 15 seconds, so it must be longer than that, unless a proxy in between
       * sends its own. At least 1 second, default 30 seconds.
       */
      silenceTimeout?: HumanDuration | string;
      /**
       * Time between two reads of all applications, which find what no event
       * told: Argo CD drops events of a stream that can't keep up. At least 5
       * seconds, default 5 minutes.
       */
      relistInterval?: HumanDuration | string;
      /**
       * How long a read of all applications may take in total: it may be hundreds
       * of megabytes. At least 1 second, default 10 minutes.
       */
      listTimeout?: HumanDuration | string;
      /**
       * How long such a read may bring nothing, also before it begins: Argo CD
       * puts the whole answer together first. At least 1 second, default 30
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
       * How long a replica that died, or stands still, is waited for before
       * another one takes over. Each takeover reads all applications again, so
       * this should be longer than the process ever stands still; a replica that
       * is stopped is replaced within some 2 seconds in any case. At least 3
       * seconds, default 20 seconds.
       */
      duration?: HumanDuration | string;
    };
    /**
     * Reading image registries.
     */
    registry?: {
      /**
       * Time between two reads of an image repository. Events make a read
       * follow at once; this is what finds images whose event was lost. At
       * least 10 seconds, default 5 minutes.
       */
      pollInterval?: HumanDuration | string;
      /**
       * How long one read of all images of a repository may take: then it fails
       * and is tried again later, and other repositories are read. At least 1
       * second, default 2 minutes.
       */
      readTimeout?: HumanDuration | string;
    };
    /**
     * The Argo CD Image Updater.
     */
    imageUpdater?: {
      /**
       * How often it looks: what it is started with as `--interval`. A version
       * that it hasn't committed after three times as long is shown as overdue,
       * and its resources are read twice in it, or every minute where it is
       * longer. At least 1 second, default 2 minutes, as it is there.
       */
      interval?: HumanDuration | string;
      /**
       * The platform that it runs on, as `os/architecture`: with the strategies
       * `newest-build` and `digest`, it only takes images for its own platform
       * where a policy names none. Default `linux/amd64`.
       */
      platform?: string;
    };
    /**
     * Events from the outside.
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
       * Takes the notifications of Argo CD instances, as hints to read one
       * application again: `POST /api/delivery/v1/webhooks/argocd/<instance>`.
       * Each has either a token or an HMAC secret.
       */
      argocd?: Array<{
        /**
         * The name of the instance in `argocd.appLocatorMethods`.
         */
        instance: string;
        /**
         * The shared secret, 16 characters or more, which the webhook service of
         * argocd-notifications sends in a header.
         * @visibility secret
         */
        token?: string;
        /**
         * The header in which the token comes, by default `x-landfall-token`. In
         * `authorization`, it is preceded by `Bearer `.
         */
        header?: string;
        /**
         * Instead of a token, where something in between signs the body: the key
         * of the HMAC-SHA256 in the header `x-hub-signature-256`, 16 characters
         * or more.
         * @visibility secret
         */
        hmacSecret?: string;
      }>;
    };
    /**
     * Notifications to the owners of entities.
     */
    notifications?: {
      /**
       * Whether owners are notified when a promotion fails, and when it recovers.
       * Needs `@backstage/plugin-notifications-backend`. Default false.
       */
      enabled?: boolean;
    };
    /**
     * How long things of the past are kept.
     */
    retention?: {
      /**
       * Promotions that ended longer ago are deleted, and so is what is known
       * of applications and images that no longer exist. Default 400 days.
       */
      promotions?: HumanDuration | string;
    };
  };
}
