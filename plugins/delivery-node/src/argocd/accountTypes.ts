/**
 * Who the token or password of the configuration stands for.
 *
 * @public
 */
export interface ArgoCdUserInfo {
  /** False for a token that Argo CD doesn't accept: it answers that without an error. */
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
   * Whether the account has a right, by Argo CD's own rules: where it lacks one,
   * lists come back shorter or empty instead of with an error.
   */
  canI(
    right: {
      /** Such as `applications`. */
      resource: string;
      /** Such as `get`. */
      action: string;
      /** What it is for, as rules name it: `<project>/<application>`. */
      object: string;
    },
    options?: { signal?: AbortSignal },
  ): Promise<boolean>;

  /** Makes a token for an account with the capability `apiKey`. */
  createAccountToken(
    account: string,
    token: {
      /** A name by which it can be revoked. */
      id?: string;
      /** Seconds; without, it doesn't expire. */
      expiresIn?: number;
    },
    options?: { signal?: AbortSignal },
  ): Promise<string>;

  /** Makes a token for a role of a project. */
  createRoleToken(
    role: { project: string; name: string },
    token: { id?: string; expiresIn?: number; description?: string },
    options?: { signal?: AbortSignal },
  ): Promise<string>;
}
