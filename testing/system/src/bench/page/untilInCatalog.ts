import { waitUntil } from '@landfall/testing-kit';
import type { PortalProcess } from '../../processes';

/** Waits until a portal's catalog has processed its file, up to these components. */
export async function untilInCatalog(
  portal: PortalProcess,
  token: string,
  components: readonly string[],
): Promise<void> {
  for (const component of components) {
    const url = `${portal.url}/api/catalog/entities/by-name/component/default/${component}`;
    await waitUntil(
      `the catalog has ${component}`,
      async () => {
        const response = await fetch(url, {
          headers: { authorization: `Bearer ${token}` },
        });
        await response.body?.cancel();
        return response.ok;
      },
      { timeoutMs: 120_000, intervalMs: 250 },
    );
  }
}
