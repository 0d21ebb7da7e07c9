import type { ArgoCdOperations } from '../types';
import type { ProjectClients } from './ProjectClients';

/** Operations, each with the token of the application's project. */
export class ProjectOperations implements ArgoCdOperations {
  constructor(private readonly clients: ProjectClients) {}

  async refresh(
    ...[ref, request, options = {}]: Parameters<ArgoCdOperations['refresh']>
  ): Promise<void> {
    await this.clients.call(ref, options, ({ operations }, own) =>
      operations.refresh(ref, request, own),
    );
  }

  async sync(
    ...[ref, request, options = {}]: Parameters<ArgoCdOperations['sync']>
  ): Promise<void> {
    await this.clients.call(ref, options, ({ operations }, own) =>
      operations.sync(ref, request, own),
    );
  }

  async rollback(
    ...[ref, request, options = {}]: Parameters<ArgoCdOperations['rollback']>
  ): Promise<void> {
    await this.clients.call(ref, options, ({ operations }, own) =>
      operations.rollback(ref, request, own),
    );
  }

  async terminate(
    ...[ref, options = {}]: Parameters<ArgoCdOperations['terminate']>
  ): Promise<void> {
    await this.clients.call(ref, options, ({ operations }, own) =>
      operations.terminate(ref, own),
    );
  }

  async deleteApplication(
    ...[ref, options]: Parameters<ArgoCdOperations['deleteApplication']>
  ): Promise<void> {
    await this.clients.call(ref, options, ({ operations }, own) =>
      operations.deleteApplication(ref, own),
    );
  }
}
