export interface Config {
  delivery?: {
    scaffolder?: {
      /**
       * Refs of the groups whose members may create services in every system and
       * for every owner, such as `group:default/platform`. Everyone else creates
       * services in systems that they own, and for owners they belong to.
       */
      serviceCreators?: string[];
      /**
       * The AppProjects of services, by system. If set, services can be created
       * in the listed systems only. By default, the AppProject has the name of
       * the system, and the built-in project `default` is refused.
       */
      projects?: Array<{
        /**
         * Entity ref, such as `system:default/shop`.
         */
        system: string;
        /**
         * Name of the AppProject in Argo CD.
         */
        project: string;
      }>;
    };
  };
}
