import { backoff } from '../../backoff';
import { reasonOf } from '../../reasonOf';
import { SecretFile } from '../config';
import { ArgoCdCredentialsError, ArgoCdUnauthenticatedError } from './errors';

/** Provides the bearer token for requests to one Argo CD instance. */
export interface ArgoCdAuth {
  token(): Promise<string>;
  /**
   * Reports that Argo CD refused this token. Resolves to true if a different
   * token is available, so that the request is worth repeating.
   */
  refused(token: string): Promise<boolean>;
}

/**
 * A secret from the configuration, or the current content of its file.
 *
 * @throws ArgoCdCredentialsError if it is empty, or the file can't be used
 */
export async function readSecret(
  instance: string,
  secret: string | SecretFile,
): Promise<string> {
  if (secret === '') {
    throw new ArgoCdCredentialsError(
      `No credentials for Argo CD '${instance}': the token or password in argocd.appLocatorMethods is empty. Is its environment variable set?`,
      { instance },
    );
  }
  if (!(secret instanceof SecretFile)) {
    return secret;
  }
  try {
    return await secret.read();
  } catch (cause) {
    throw new ArgoCdCredentialsError(
      `No credentials for Argo CD '${instance}': ${reasonOf(cause)}`,
      { instance, cause },
    );
  }
}

/** Printable ASCII without spaces. */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

/** A token from the configuration, of an account or of a project role. */
export class TokenAuth implements ArgoCdAuth {
  constructor(
    private readonly instance: string,
    private readonly configured: string | SecretFile,
  ) {}

  async token(): Promise<string> {
    const token = await readSecret(this.instance, this.configured);
    if (!HEADER_SAFE.test(token)) {
      // Checked here, because fetch quotes an invalid header in its error.
      throw new ArgoCdCredentialsError(
        `No credentials for Argo CD '${this.instance}': the token has spaces, line breaks or characters other than ASCII`,
        { instance: this.instance },
      );
    }
    return token;
  }

  async refused(token: string): Promise<boolean> {
    return (await this.token()) !== token;
  }
}

// Argo CD allows a user 5 failed logins in 300 s. It answers the same 401 for a
// wrong password and for a reached limit. One login a minute stays below the
// limit and lets a reached one expire.
const FIRST_PAUSE_MS = 60_000;
const MAX_PAUSE_MS = 300_000;
// If a session is refused right after its login, another login won't help.
const MIN_SESSION_MS = 60_000;

/**
 * Signs in with username and password. All requests share one session, which is
 * renewed when it is refused. Only one login runs at a time, and after a
 * refused login the next one is delayed.
 */
export class SessionAuth implements ArgoCdAuth {
  private session?: { token: string; since: number };
  private login?: Promise<string>;
  private refusal?: { error: ArgoCdUnauthenticatedError; until: number };
  private refusals = 0;

  constructor(
    private readonly options: {
      instance: string;
      /**
       * Logs in once; rejects with an `ArgoCdUnauthenticatedError` if refused.
       */
      logIn: () => Promise<string>;
      now: () => number;
    },
  ) {}

  async token(): Promise<string> {
    if (this.session) {
      return this.session.token;
    }
    if (this.refusal && this.options.now() < this.refusal.until) {
      throw this.refusal.error;
    }
    this.login ??= this.logIn().finally(() => {
      this.login = undefined;
    });
    return this.login;
  }

  async refused(token: string): Promise<boolean> {
    if (!this.session) {
      return true;
    }
    if (this.session.token !== token) {
      return true;
    }
    if (this.options.now() - this.session.since < MIN_SESSION_MS) {
      return false;
    }
    this.session = undefined;
    return true;
  }

  private async logIn(): Promise<string> {
    const { instance, logIn, now } = this.options;
    try {
      const token = await logIn();
      this.session = { token, since: now() };
      this.refusal = undefined;
      this.refusals = 0;
      return token;
    } catch (error) {
      if (error instanceof ArgoCdUnauthenticatedError) {
        this.refusals += 1;
        const pause = backoff(this.refusals, {
          firstMs: FIRST_PAUSE_MS,
          maxMs: MAX_PAUSE_MS,
          // Without jitter: a shorter pause could reach Argo CD's limit.
          random: () => 1,
        });
        this.refusal = {
          until: now() + pause,
          error: new ArgoCdUnauthenticatedError(
            `${
              error.message
            } (either the password is wrong, or there were too many logins: Argo CD doesn't say which). Retrying the login in ${
              pause / 1000
            } s`,
            {
              instance,
              status: error.status,
              code: error.code,
              argoCdMessage: error.argoCdMessage,
              cause: error,
            },
          ),
        };
        throw this.refusal.error;
      }
      throw error;
    }
  }
}
