import { z } from 'zod';
import { waitUntil } from '@landfall/testing-kit';

const REACHED_MS = 120_000;

const signInSchema = z.object({
  backstageIdentity: z.object({
    token: z.string(),
    identity: z.object({ ownershipEntityRefs: z.array(z.string()) }),
  }),
});
const taskSchema = z.object({ status: z.string() });
const eventsSchema = z.array(
  z.object({ body: z.looseObject({ message: z.string().optional() }) }),
);

/** The response that the attacker received. */
export interface Answer {
  /** Whether the attempt was refused, according to the response itself. */
  refused: boolean;
  /** The whole response: a body, or the log of a task. */
  text: string;
}

/** A malicious user of the portal who owns one system and its components. */
export class Attacker {
  /** Signs in once the catalog knows that the user belongs to a group. */
  static async signIn(portalUrl: string, group: string): Promise<Attacker> {
    let token = '';
    await waitUntil(
      `the attacker belongs to ${group}`,
      async () => {
        const response = await fetch(`${portalUrl}/api/auth/guest/refresh`, {
          method: 'POST',
          headers: { 'x-requested-with': 'XMLHttpRequest' },
        });
        const { backstageIdentity } = signInSchema.parse(await response.json());
        token = backstageIdentity.token;
        return backstageIdentity.identity.ownershipEntityRefs.includes(group);
      },
      { timeoutMs: REACHED_MS },
    );
    return new Attacker(portalUrl, token);
  }

  private constructor(
    readonly portalUrl: string,
    private readonly token: string,
  ) {}

  /** Calls the portal's API. A response without success counts as refused. */
  async call(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.portalUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(options.body !== undefined && {
          'content-type': 'application/json',
        }),
        ...options.headers,
      },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    });
    return { refused: !response.ok, text: await response.text() };
  }

  /** The delivery API's response for one of the attacker's own components. */
  async look(
    component: string,
    what: 'deployments' | 'promotions' | 'images',
  ): Promise<Answer> {
    return this.call(
      'GET',
      `/api/delivery/v1/entities/component/default/${component}/${what}`,
    );
  }

  /** Runs create-service without the form, and returns the log of the task. */
  async createService(values: Record<string, unknown>): Promise<Answer> {
    const started = await this.call('POST', '/api/scaffolder/v2/tasks', {
      body: {
        templateRef: 'template:default/create-service',
        values: {
          name: 'innocent',
          system: 'system:default/mallory',
          owner: 'group:default/mallory-team',
          environments: ['prod'],
          updatePolicy: 'any',
          ...values,
        },
      },
    });
    if (started.refused) {
      return started;
    }
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(started.text));
    let status = 'open';
    await waitUntil(
      `the task ${id} ends`,
      async () => {
        const task = await this.call('GET', `/api/scaffolder/v2/tasks/${id}`);
        status = taskSchema.parse(JSON.parse(task.text)).status;
        return status !== 'open' && status !== 'processing';
      },
      { timeoutMs: REACHED_MS },
    );
    const events = await this.call(
      'GET',
      `/api/scaffolder/v2/tasks/${id}/events?after=0`,
    );
    return {
      refused: status !== 'completed',
      text: eventsSchema
        .parse(JSON.parse(events.text))
        .map(({ body }) => body.message ?? '')
        .join('\n'),
    };
  }
}
