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
