import { waitUntil } from '@landfall/testing-kit';
import { TIMEOUT_MS } from './landfall';

/** Argo CD's own view of applications, independently of the portal. */
export class ArgoCdApi {
  constructor(private readonly url: string) {}

  /** Waits until an application, as JSON, is as expected. */
  async until(
    application: string,
    isExpected: (text: string) => boolean | Promise<boolean>,
  ): Promise<void> {
    let text = '';
    await waitUntil(
      `${application} is as expected`,
      async () => {
        text = await this.read(application);
        return isExpected(text);
      },
      { timeoutMs: TIMEOUT_MS, intervalMs: 200, detail: () => text },
    );
  }

  async latestHistoryId(application: string): Promise<number> {
    const { status } = JSON.parse(await this.read(application));
    return status.history.at(-1).id;
  }

  async revision(application: string): Promise<string> {
    return JSON.parse(await this.read(application)).status.sync.revision;
  }

  private async read(application: string): Promise<string> {
    const response = await fetch(
      `${this.url}/api/v1/applications/${application}?refresh=normal`,
      { headers: { authorization: 'Bearer sandbox-backstage-token' } },
    );
    return response.text();
  }
}
