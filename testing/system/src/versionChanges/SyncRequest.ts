import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import { randomUUID } from 'node:crypto';
import type { Person } from './Person';

export const SYNC = { action: 'sync' } as const;

/** A sync that one person asks for, as often as its answer is lost. */
export class SyncRequest {
  private readonly key = randomUUID();
  private actionKey = '';

  constructor(private readonly person: Person, private readonly name: string) {}

  /** As the page shows the application now. */
  send(): Promise<ActionRecord> {
    return this.person.again(async () => {
      this.actionKey = await this.person.actionKey(this.name);
      return this.repeat();
    });
  }

  /** The same request once more. */
  repeat(): Promise<ActionRecord> {
    const { key, actionKey } = this;
    return this.person.start(this.name, SYNC, { key, actionKey });
  }
}
