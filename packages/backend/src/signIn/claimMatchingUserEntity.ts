import { NotAllowedError } from '@backstage/errors';
import type { OidcAuthResult } from '@backstage/plugin-auth-backend-module-oidc-provider';
import {
  createSignInResolverFactory,
  type OAuthAuthenticatorResult,
  type SignInInfo,
} from '@backstage/plugin-auth-node';
import { z } from 'zod/v3';

const optionsSchema = z
  .object({
    /** Name of a claim, such as `email` or `oid`. */
    claim: z.string().min(1),
    /** The field of the User that has its value, such as `spec.profile.email`. */
    userField: z
      .string()
      .regex(
        /^(metadata\.name|metadata\.annotations\..+|spec\..+)$/,
        'must be metadata.name, metadata.annotations.<key> or spec.<path>',
      ),
    /**
     * Takes the claim `email` although the provider doesn't say that it has
     * verified the address. Only safe where people can't choose their address.
     */
    acceptUnverifiedEmail: z.boolean().optional(),
  })
  .strict();

/**
 * Signs in the User of the catalog that has a claim's value in one of its fields.
 *
 * Upstream's resolvers for OpenID Connect know the e-mail address alone, and only
 * if the claim `email_verified` is the boolean `true` (backstage/backstage#35626).
 * Amazon Cognito writes it as a text, and Microsoft Entra ID not at all.
 *
 * @throws NotAllowedError if the claim is missing, or is an unverified address
 * @throws NotFoundError if no User has the value, so that the next resolver is asked
 * @throws ConflictError if several Users have it
 */
export const claimMatchingUserEntity = createSignInResolverFactory({
  optionsSchema,
  create({ claim, userField, acceptUnverifiedEmail }) {
    return async (
      {
        result: { fullProfile },
      }: SignInInfo<OAuthAuthenticatorResult<OidcAuthResult>>,
      ctx,
    ) => {
      // An address and whether it is verified must come from the same of the two.
      const claims: Record<string, unknown> =
        [fullProfile.tokenset.claims(), fullProfile.userinfo].find(
          one => one[claim] !== undefined,
        ) ?? {};
      const value = claims[claim];
      if (typeof value !== 'string' || value.trim() === '') {
        throw new NotAllowedError(
          `Your identity provider didn't send the claim "${claim}", by which this portal finds you. The portal's administrators can add it at the provider, or choose another claim in auth.providers.oidc`,
        );
      }
      if (
        claim === 'email' &&
        !acceptUnverifiedEmail &&
        !isTrue(claims.email_verified)
      ) {
        throw new NotAllowedError(
          "Your identity provider doesn't say that it has verified your e-mail address, so this portal can't sign you in by it. Verify the address there; or ask the portal's administrators, if nobody there can choose an address",
        );
      }
      return ctx.signInWithCatalogUser({ filter: { [userField]: value } });
    };
  },
});

/** Amazon Cognito writes booleans as texts. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
