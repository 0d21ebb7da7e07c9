/**
 * The user that the configured token or password belongs to.
 *
 * @public
 */
export interface ArgoCdUserInfo {
  /**
   * False for a token that Argo CD doesn't accept: it reports that without an
   * error.
   */
  loggedIn: boolean;
  username?: string;
  groups: string[];
}

/**
 * Accounts of one Argo CD instance. The methods reject like those of
 * `ArgoCdClient`.
 *
 * @public
 */
export interface ArgoCdAccounts {
  userInfo(options?: { signal?: AbortSignal }): Promise<ArgoCdUserInfo>;

  /**
   * Whether the account has a permission, by Argo CD's own rules. Without a
   * permission, Argo CD returns shorter or empty lists instead of an error.
   */
  canI(
    right: {
      /** Such as `applications`. */
      resource: string;
      /** Such as `get`. */
      action: string;
      /**
       * The object of the permission, in the form of the RBAC rules:
       * `<project>/<application>`.
       */
      object: string;
    },
    options?: { signal?: AbortSignal },
  ): Promise<boolean>;

  /** Creates a token for an account with the capability `apiKey`. */
  createAccountToken(
    account: string,
    token: {
      /** A name for revoking the token. */
      id?: string;
      /** In seconds. Without it, the token doesn't expire. */
      expiresIn?: number;
    },
    options?: { signal?: AbortSignal },
  ): Promise<string>;

  /** Creates a token for a role of a project. */
  createRoleToken(
    role: { project: string; name: string },
    token: { id?: string; expiresIn?: number; description?: string },
    options?: { signal?: AbortSignal },
  ): Promise<string>;
}
