import {
  type ActionRecord,
  type ApplicationActionRequest,
  DeliveryClient,
  type Deployment,
  type VersionChangeItem,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { waitUntil } from '@landfall/testing-kit';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { signIn } from '../bench/page/signIn';
import type { PortalProcess } from '../processes';
import { ENTITY, ENTITY_REF, REACHED_MS } from './manifests';

const ATTEMPTS = 10;
const RETRY_MS = 1000;
const LOOK_MS = 200;

type Changed = Pick<VersionChangeItem, 'repository' | 'tag'>;
/** What identifies an action. */
interface StartedAction {
  id: string;
  application: { name: string };
}

type Started = Omitted<ApplicationActionRequest, 'expected'>;
type Omitted<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Somebody who has signed in to a portal. */
export class Person {
  static async signIn(portal: PortalProcess, user: string): Promise<Person> {
    return new Person(portal, await signIn(portal, user));
  }

  readonly api: DeliveryClient;

  private constructor(
    { url }: Pick<PortalProcess, 'url'>,
    readonly token: string,
  ) {
    this.api = new DeliveryClient({
      discoveryApi: { getBaseUrl: async plugin => `${url}/api/${plugin}` },
    });
  }

  /** The same person at another replica. */
  at(portal: PortalProcess): Person {
    return new Person(portal, this.token);
  }

  /** A service as the page shows it; undefined if it doesn't. */
  async find(name: string): Promise<Deployment | undefined> {
    const { environments } = await this.api.getDeployments(ENTITY, this);
    return environments
      .flatMap(({ deployments }) => deployments)
      .find(({ application }) => application.name === name);
  }

  async actionKey(name: string): Promise<string> {
    return (await this.find(name))?.actionKey ?? '';
  }

  /** Asks for an action as the page shows the application, or as it was shown. */
  async start(
    name: string,
    request: Started,
    options: { key?: string; actionKey?: string } = {},
  ): Promise<ActionRecord> {
    const { key = randomUUID(), actionKey } = options;
    return this.api.startAction(
      ENTITY,
      refOf(name),
      {
        ...request,
        expected: { actionKey: actionKey ?? (await this.actionKey(name)) },
      },
      { token: this.token, idempotencyKey: key },
    );
  }

  /** Changes a version, as the page shows the application now. */
  async change(
    name: string,
    action: VersionChangeRequest['action'],
    options: Pick<VersionChangeRequest, 'via' | 'hold'> & Changed,
  ): Promise<ActionRecord> {
    const { tag, repository, ...rest } = options;
    return this.again(async () => {
      const { items } = await this.api.startVersionChange(
        {
          action,
          items: [
            {
              entityRef: ENTITY_REF,
              application: refOf(name),
              expected: { actionKey: await this.actionKey(name) },
              repository,
              ...(tag && { tag }),
            },
          ],
          ...rest,
        },
        { token: this.token, idempotencyKey: randomUUID() },
      );
      return items[0];
    });
  }

  /** Rolls back to the first entry of the history. */
  async rollBack(name: string): Promise<ActionRecord> {
    const { history } = await this.api.getApplication(
      ENTITY,
      refOf(name),
      this,
    );
    const historyId = Math.min(...history.map(({ id }) => id));
    return this.again(() =>
      this.start(name, { action: 'rollback', historyId }),
    );
  }

  /** What has been asked for an application, the latest first. */
  async records(name: string): Promise<ActionRecord[]> {
    const { items } = await this.api.getActions(ENTITY, { limit: 100 }, this);
    return items.filter(({ application }) => application.name === name);
  }

  /** Waits until an action has a state. */
  async untilState(
    action: StartedAction,
    state: ActionRecord['state'],
    timeoutMs?: number,
  ): Promise<ActionRecord> {
    return this.until(action, state, one => one.state === state, timeoutMs);
  }

  /** Waits until an action has succeeded or failed. */
  async untilSettled(action: StartedAction): Promise<ActionRecord> {
    return this.until(action, 'settled', ({ state }) =>
      ['succeeded', 'failed'].includes(state),
    );
  }

  /** Waits until the portal shows something of an action. */
  async until(
    { id, application }: StartedAction,
    what: string,
    reached: (record: ActionRecord) => boolean,
    timeoutMs = REACHED_MS,
  ): Promise<ActionRecord> {
    let found: ActionRecord | undefined;
    await waitUntil(
      `the action is ${what}`,
      async () => {
        const records = await this.records(application.name);
        found = records.find(one => one.id === id);
        return found !== undefined && reached(found);
      },
      {
        timeoutMs,
        intervalMs: LOOK_MS,
        detail: () => JSON.stringify(found),
      },
    );
    if (!found) {
      throw new Error(`There is no action ${id}`);
    }
    return found;
  }

  /** Again if the application has changed since it was read, as a person would. */
  async again<T>(act: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await act();
      } catch (error) {
        if (statusOf(error) !== 409 || attempt === ATTEMPTS) {
          throw error;
        }
        await sleep(RETRY_MS);
      }
    }
  }
}

/** The status with which the portal refused; undefined for any other error. */
export function statusOf(error: unknown): unknown {
  return error instanceof Error && 'statusCode' in error
    ? error.statusCode
    : undefined;
}

export function refOf(name: string) {
  return { instance: 'main', namespace: 'argocd', name };
}
