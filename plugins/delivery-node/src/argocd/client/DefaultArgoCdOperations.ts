import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import { CORRELATION_ID_INFO } from '../decode';
import type { ArgoCdOperations, SyncRequest } from '../types';
import { orUndefined } from './answers';
import type { ArgoCdHttp } from './ArgoCdHttp';
import { applicationPath, type NameCheck } from './names';
import type { ArgoCdTimeouts } from './timeouts';

/**
 * Operations on the applications of one Argo CD instance. Whatever changes
 * something is never retried.
 */
export class DefaultArgoCdOperations implements ArgoCdOperations {
  static create(options: {
    http: ArgoCdHttp;
    names: NameCheck;
    timeouts: Pick<ArgoCdTimeouts, 'refreshMs'>;
  }): DefaultArgoCdOperations {
    return new DefaultArgoCdOperations(
      options.http,
      options.names,
      options.timeouts.refreshMs,
    );
  }

  private constructor(
    private readonly http: ArgoCdHttp,
    private readonly names: NameCheck,
    private readonly refreshMs: number,
  ) {}

  async refresh(
    ref: ApplicationRef,
    request: Parameters<ArgoCdOperations['refresh']>[1] = {},
    options: Parameters<ArgoCdOperations['refresh']>[2] = {},
  ): Promise<void> {
    await this.http.json({
      path: this.path(ref, options.project),
      query: {
        refresh: request.hard ? 'hard' : 'normal',
        appNamespace: ref.namespace,
        project: options.project,
      },
      signal: options.signal,
      timeoutMs: options.timeoutMs ?? this.refreshMs,
    });
  }

  async sync(
    ref: ApplicationRef,
    request: SyncRequest = {},
    options: Parameters<ArgoCdOperations['sync']>[2] = {},
  ): Promise<void> {
    const {
      correlationId,
      infos: others = [],
      strategy,
      force,
      replace,
      revisions,
      ...rest
    } = request;
    const syncOptions = [
      ...(request.syncOptions ?? []),
      ...(replace ? ['Replace=true'] : []),
    ];
    const infos = [
      ...(correlationId
        ? [{ name: CORRELATION_ID_INFO, value: correlationId }]
        : []),
      ...others,
    ];
    await this.http.json({
      method: 'POST',
      path: `${this.path(ref, options.project)}/sync`,
      body: {
        ...rest,
        // Argo CD takes the namespace from the body alone here.
        appNamespace: ref.namespace,
        project: options.project,
        ...(revisions && {
          revisions: revisions.map(({ revision }) => revision),
          sourcePositions: revisions.map(({ position }) => position),
        }),
        ...(strategy || force
          ? { strategy: { [strategy ?? 'hook']: force ? { force } : {} } }
          : {}),
        syncOptions:
          syncOptions.length > 0 ? { items: syncOptions } : undefined,
        infos: infos.length > 0 ? infos : undefined,
      },
      signal: options.signal,
    });
  }

  async rollback(
    ref: ApplicationRef,
    request: Parameters<ArgoCdOperations['rollback']>[1],
    options: Parameters<ArgoCdOperations['rollback']>[2] = {},
  ): Promise<void> {
    await this.http.json({
      method: 'POST',
      path: `${this.path(ref, options.project)}/rollback`,
      body: {
        id: request.historyId,
        prune: request.prune,
        dryRun: request.dryRun,
        appNamespace: ref.namespace,
        project: options.project,
      },
      signal: options.signal,
    });
  }

  async terminate(
    ref: ApplicationRef,
    options: Parameters<ArgoCdOperations['terminate']>[1] = {},
  ): Promise<void> {
    await this.http.json({
      method: 'DELETE',
      path: `${this.path(ref, options.project)}/operation`,
      query: { appNamespace: ref.namespace, project: options.project },
      signal: options.signal,
    });
  }

  async deleteApplication(
    ref: ApplicationRef,
    options: Parameters<ArgoCdOperations['deleteApplication']>[1],
  ): Promise<void> {
    await orUndefined(
      this.http.json({
        method: 'DELETE',
        path: this.path(ref, options.project),
        query: {
          appNamespace: ref.namespace,
          project: options.project,
          cascade: options.cascade ?? true,
          propagationPolicy: options.propagationPolicy,
        },
        signal: options.signal,
      }),
    );
  }

  private path(ref: ApplicationRef, project: string | undefined): string {
    return applicationPath(this.names, ref, project);
  }
}
