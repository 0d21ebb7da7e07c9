import { z } from 'zod';

/** Of how many of the next events something goes wrong. */
export interface EventFaults {
  /** They never arrive. */
  lose?: number;
  /** They arrive twice. */
  double?: number;
  /** They are held back until all of them are there, and come in another order. */
  shuffle?: number;
}

const statusSchema = z.object({
  lose: z.number(),
  double: z.number(),
  shuffle: z.number(),
  held: z.number(),
});

/** What goes wrong with the registry's events, of one repository at a time. */
export class RegistryEvents {
  private readonly url: string;

  /** @param registryUrl - the sandbox's */
  constructor(registryUrl: string) {
    this.url = `${registryUrl}/_sandbox/events`;
  }

  async disturb(repository: string, faults: EventFaults): Promise<void> {
    await this.ask({
      method: 'PUT',
      body: JSON.stringify({ ...faults, repository }),
    });
  }

  /** @throws Error when there are events to come that something is to go wrong with */
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
