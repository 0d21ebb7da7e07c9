import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { normalizeEntityRef } from '../access';

/** Who may create services, and into which AppProjects they go. */
export interface ServiceRules {
  /** Groups whose members may create services in every system. */
  creators: readonly string[];
  /** AppProjects by the ref of their system; absent: each has its system's name. */
  projects: ReadonlyMap<string, string> | undefined;
}

const projectsSchema = z.array(
  z.object({ system: z.string(), project: z.string().min(1) }),
);

const CREATORS = 'delivery.scaffolder.serviceCreators';
const PROJECTS = 'delivery.scaffolder.projects';

/** Reads `delivery.scaffolder.serviceCreators` and `delivery.scaffolder.projects`. */
export function readServiceRules(config: RootConfigService): ServiceRules {
  const listed = projectsSchema
    .optional()
    .safeParse(config.getOptional(PROJECTS));
  if (!listed.success) {
    throw new InputError(
      `${PROJECTS} in the configuration must be a list of system and project: ${z.prettifyError(
        listed.error,
      )}`,
    );
  }
  const creators = config.getOptionalStringArray(CREATORS) ?? [];
  return {
    creators: creators.map(ref => refAt(CREATORS, ref)),
    projects:
      listed.data &&
      new Map(
        listed.data.map(({ system, project }) => [
          refAt(PROJECTS, system),
          project,
        ]),
      ),
  };
}

function refAt(key: string, text: string): string {
  try {
    return normalizeEntityRef(text);
  } catch (error) {
    throw new InputError(
      `${key} in the configuration holds ${JSON.stringify(
        text,
      )}, which is not an entity ref: write kind, namespace and name, such as group:default/platform`,
      error,
    );
  }
}
