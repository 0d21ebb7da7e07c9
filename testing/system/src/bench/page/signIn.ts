import { z } from 'zod';
import type { PortalProcess } from '../../processes';

const signInSchema = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});

/** Signs in to a portal with users. Returns the user's token. */
export async function signIn(
  portal: PortalProcess,
  user: string,
): Promise<string> {
  const url = `${portal.url}/api/auth/named-user/refresh`;
  const response = await fetch(url, { headers: { 'x-user': user } });
  if (!response.ok) {
    throw new Error(
      `${url} was answered by ${response.status}: ${await response.text()}`,
    );
  }
  return signInSchema.parse(await response.json()).backstageIdentity.token;
}
