import type { Request, Response } from 'express';
import { z } from 'zod';
import type { RawApplication } from './recordings';
import { ReplayedArgoCd } from './ReplayedArgoCd';

/** How Argo CD answers what changes something. @internal */
export type ActingMode =
  /** As recorded. */
  | 'normal'
  /** It begins, but its answer never comes. */
  | 'silent-after-accepting'
  /** It begins, but the connection breaks before the answer. */
  | 'cut-after-accepting'
  /** The answer of a proxy whose server is down. */
  | 'bad-gateway'
  /** Without the right. */
  | 'forbidden';

const statusSchema = z.looseObject({
  operationState: z
    .looseObject({ phase: z.string(), startedAt: z.string() })
    .optional(),
  history: z
    .array(z.looseObject({ id: z.number(), revision: z.string().optional() }))
    .nullish(),
});

const specSchema = z.looseObject({
  syncPolicy: z
    .looseObject({ automated: z.looseObject({}).nullish() })
    .nullish(),
});

const infosSchema = z
  .array(z.object({ name: z.string(), value: z.string() }))
  .optional();

/** A request that would have changed something. @internal */
export interface ReceivedAction {
  method: string;
  path: string;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
}

/**
 * The operations of Argo CD, with the conditions and answers of the recordings
 * (`05-sync-*`, `05-rollback-*`, `05-actions-*`): one operation at a time, no rollback
 * while automated sync is on.
 *
 * @internal
 */
export class ActingArgoCd {
  /** What was received, in order. */
  readonly received: ReceivedAction[] = [];
  mode: ActingMode = 'normal';
  private version = 100_000;

  constructor(readonly argocd: ReplayedArgoCd) {
    argocd.onAction = (req, res) => this.answer(req, res);
  }

  private readonly applications = new Map<string, RawApplication>();

  /** Sets an application, and sends its event. */
  put(application: RawApplication): void {
    const { name } = application.metadata;
    const next = {
      ...application,
      metadata: {
        ...application.metadata,
        resourceVersion: String(this.version++),
      },
    };
    this.applications.set(name, next);
    this.argocd.emit('MODIFIED', next);
  }

  application(name: string): RawApplication {
    const application = this.applications.get(name);
    if (!application) {
      throw new Error(`There is no application ${name}`);
    }
    return application;
  }

  /** Ends the running operation. */
  finish(name: string, phase = 'Succeeded', message = 'successfully synced') {
    const application = this.application(name);
    const status = statusSchema.parse(application.status);
    this.put({
      ...application,
      status: {
        ...status,
        operationState: {
          ...status.operationState,
          phase,
          message,
          finishedAt: this.now(),
        },
      },
    });
  }

  /** The bodies of what was received at the end of a path. */
  bodies(end: string): Record<string, unknown>[] {
    return this.received
      .filter(({ path }) => path.endsWith(end))
      .map(({ body }) => body);
  }

  private answer(req: Request, res: Response): void {
    this.received.push({
      method: req.method,
      path: req.path,
      query: { ...req.query },
      body: req.body ?? {},
    });
    if (this.mode === 'bad-gateway') {
      res.status(502).send('no healthy upstream');
      return;
    }
    if (this.mode === 'forbidden') {
      const error = 'permission denied: applications, sync';
      res.status(403).json({ error, code: 7, message: error });
      return;
    }
    const refusal = this.act(req);
    if (refusal) {
      res.status(400).json({ error: refusal, code: 9, message: refusal });
    } else if (this.mode === 'cut-after-accepting') {
      res.socket?.destroy();
    } else if (this.mode === 'normal') {
      res.json(req.path.endsWith('v2') ? {} : { metadata: {} });
    }
  }

  private act({ method, path, body }: Request): string | undefined {
    const [, name = '', what] =
      /^\/api\/v1\/applications\/([^/]+)(?:\/(.*))?$/.exec(path) ?? [];
    const application = this.application(name);
    const status = statusSchema.parse(application.status);
    const isRunning = status.operationState?.phase === 'Running';
    if (what === undefined && method === 'GET') {
      this.put({
        ...application,
        status: { ...status, reconciledAt: this.now() },
      });
      return undefined;
    }
    if (what === 'operation') {
      if (!isRunning) {
        return 'Unable to terminate operation. No operation is in progress';
      }
      this.finish(name, 'Failed', 'Operation terminated');
      return undefined;
    }
    if (what === 'sync' || what === 'rollback') {
      if (isRunning) {
        return 'another operation is already in progress';
      }
      if (
        what === 'rollback' &&
        specSchema.parse(application.spec).syncPolicy?.automated
      ) {
        return 'rollback cannot be initiated when auto-sync is enabled';
      }
      const entry = status.history?.find(({ id }) => id === body.id);
      const revision = entry?.revision;
      this.put({
        ...application,
        status: {
          ...status,
          operationState: {
            phase: 'Running',
            startedAt: this.now(),
            operation: {
              initiatedBy: { username: 'portal' },
              info: infosSchema.parse(body.infos),
              sync: {
                revision: body.revision ?? revision,
                dryRun: body.dryRun,
                resources: body.resources,
              },
            },
            ...(revision && { syncResult: { revision } }),
          },
        },
      });
      return undefined;
    }
    return what === 'resource/actions/v2' ? undefined : `unknown: ${what}`;
  }

  /** Argo CD's times are whole seconds; here, no two operations begin at the same. */
  private now(): string {
    return new Date().toISOString();
  }
}
