import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import type { ArgoCdApplicationSets, ArgoCdProjects } from '../adminTypes';
import { ArgoCdForbiddenError, ArgoCdInvalidRequestError } from '../client';
import type { ProjectClients } from './ProjectClients';

const setSchema = z.object({
  spec: z.object({
    template: z.object({ spec: z.object({ project: z.string().min(1) }) }),
  }),
});

/** Tokens of projects can't read or change the projects themselves. */
export class NoProjects implements ArgoCdProjects {
  constructor(private readonly instance: string) {}

  async getProject(): Promise<JsonObject | undefined> {
    throw this.refusal();
  }

  async createProject(): Promise<JsonObject> {
    throw this.refusal();
  }

  async updateProject(): Promise<JsonObject> {
    throw this.refusal();
  }

  private refusal(): ArgoCdInvalidRequestError {
    return new ArgoCdInvalidRequestError(
      `Argo CD '${this.instance}' was not called: its projectTokens are of projects, and can't read or change projects. Configure an account for that`,
      { instance: this.instance },
    );
  }
}

/** ApplicationSets, each with the token of the project of its applications. */
export class ProjectApplicationSets implements ArgoCdApplicationSets {
  constructor(private readonly clients: ProjectClients) {}

  /** Only the token of its own project may read one. */
  async getApplicationSet(
    ...args: Parameters<ArgoCdApplicationSets['getApplicationSet']>
  ): Promise<JsonObject | undefined> {
    let refused: ArgoCdForbiddenError | undefined;
    for (const project of this.clients.names()) {
      try {
        return await this.clients
          .of(project)
          .applicationSets.getApplicationSet(...args);
      } catch (error) {
        if (!(error instanceof ArgoCdForbiddenError)) {
          throw error;
        }
        refused = error;
      }
    }
    throw refused;
  }

  async createApplicationSet(
    ...args: Parameters<ArgoCdApplicationSets['createApplicationSet']>
  ): Promise<JsonObject> {
    const parsed = setSchema.safeParse(args[0]);
    const client = parsed.success
      ? this.clients.of(parsed.data.spec.template.spec.project)
      : // Which refuses the manifest.
        this.clients.any();
    return client.applicationSets.createApplicationSet(...args);
  }
}
