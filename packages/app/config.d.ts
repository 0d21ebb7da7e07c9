export interface Config {
  app?: {
    signIn?: {
      /**
       * What the provider of `auth.providers.oidc` is called on the page to sign in
       * on. Default: `OpenID Connect`.
       * @visibility frontend
       */
      oidcTitle?: string;
    };
  };
  /** The page to sign in on offers what is configured here; it sees no value. */
  auth?: {
    providers?: {
      github?: {
        /** @visibility frontend */
        [environment: string]: object;
      };
      oidc?: {
        /** @visibility frontend */
        [environment: string]: object;
      };
      /** @visibility frontend */
      guest?: object;
    };
  };
}
