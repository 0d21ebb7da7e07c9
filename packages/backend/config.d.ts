export interface Config {
  permission?: {
    /**
     * Permissions in addition to those that the portal's policy grants
     * everybody; see the README of packages/backend.
     */
    policy?: {
      /**
       * Users and groups that may do everything, as full entity refs such as
       * `group:default/platform`. Default: none.
       */
      admins?: string[];
      /**
       * Further permissions for users and groups. Default: none.
       */
      grants?: Array<{
        /**
         * Users and groups, as full entity refs.
         */
        to: string[];
        /**
         * Names of permissions such as `scaffolder.task.create`, or the beginning of
         * names, as in `kubernetes.*`.
         */
        permissions: string[];
      }>;
    };
  };
}
