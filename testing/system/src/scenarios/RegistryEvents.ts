import { z } from 'zod';

/** How many of the next events each fault affects. */
export interface EventFaults {
  /** Lost: they never arrive. */
  lose?: number;
  /** Duplicated: they arrive twice. */
  double?: number;
  /**
   * Shuffled: they are held back until all of them exist, and then arrive in
   * another order.
   */
  shuffle?: number;
}

const statusSchema = z.object({
  lose: z.number(),
  double: z.number(),
  shuffle: z.number(),
  held: z.number(),
});

/** Applies faults to the registry's events of one repository at a time. */
export class RegistryEvents {
  private readonly url: string;

  /** @param registryUrl - the URL of the sandbox's registry */
  constructor(registryUrl: string) {
    this.url = `${registryUrl}/_sandbox/events`;
  }

  async disturb(repository: string, faults: EventFaults): Promise<void> {
    await this.ask({
      method: 'PUT',
      body: JSON.stringify({ ...faults, repository }),
    });
  }

  /** @throws Error if a fault still waits for events */
  async requireAllDisturbed(): Promise<void> {
    const left = statusSchema.parse(await this.ask());
    if (Object.values(left).some(number => number > 0)) {
      throw new Error(
        `Not all events came that were to be disturbed: ${JSON.stringify(
          left,
        )}`,
      );
    }
  }

  private async ask(init?: RequestInit): Promise<unknown> {
    const response = await fetch(this.url, init);
    if (!response.ok) {
      throw new Error(`${this.url}: ${await response.text()}`);
    }
    return response.json();
  }
}
